package dev.warren.selftest.choice;

import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.TestenvDefinition;
import java.time.Duration;
import java.util.List;

/** What the testenvs of suites cost before the first of them can run. */
public interface Setups {

  /** What is set up for a testenv that a plan names: the same for its aliases. */
  String key(String testenv);

  /** How long it takes until a testenv is ready, with all that it needs. */
  Duration time(String testenv);

  /** Those of a catalogue; one whose time is not known takes the middle one of those that are. */
  static Setups of(Catalogue catalogue, Durations durations) {
    Duration usual = durations.medianOfTestenvs().orElse(Duration.ZERO);
    return new Setups() {
      @Override
      public String key(String testenv) {
        return catalogue.testenv(testenv).name();
      }

      @Override
      public Duration time(String testenv) {
        Duration time = Duration.ZERO;
        for (TestenvDefinition part : catalogue.withNeeds(List.of(testenv))) {
          time = time.plus(durations.testenv(part.name()).orElse(usual));
        }
        return time;
      }
    };
  }
}
