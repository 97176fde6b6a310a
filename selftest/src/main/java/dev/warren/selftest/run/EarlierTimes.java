package dev.warren.selftest.run;

import dev.warren.selftest.choice.Durations;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.TestenvDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long things took in earlier runs. What nobody knows is guessed. */
public interface EarlierTimes {
  /** Nothing is known. */
  EarlierTimes UNKNOWN =
      new EarlierTimes() {
        @Override
        public Optional<Duration> ofSuite(String suite) {
          return Optional.empty();
        }

        @Override
        public Optional<Duration> ofSetUp(String testenv) {
          return Optional.empty();
        }
      };

  /** What a record of earlier runs knows of the testenvs of a catalogue. */
  static EarlierTimes of(Durations durations, Catalogue catalogue) {
    return new EarlierTimes() {
      @Override
      public Optional<Duration> ofSuite(String suite) {
        return durations.suite(suite);
      }

      @Override
      public Optional<Duration> ofSetUp(String testenv) {
        if (testenv.equals(TestenvChoice.NONE)) {
          return Optional.empty();
        }
        Duration all = Duration.ZERO;
        for (TestenvDefinition part : catalogue.withNeeds(List.of(testenv))) {
          Optional<Duration> own = durations.testenv(part.name());
          if (own.isEmpty()) {
            return own;
          }
          all = all.plus(own.get());
        }
        return Optional.of(all);
      }
    };
  }

  /** How long a suite took, from its start to its end. */
  Optional<Duration> ofSuite(String suite);

  /** How long it took until a testenv was ready, with all that it needs. */
  Optional<Duration> ofSetUp(String testenv);
}
