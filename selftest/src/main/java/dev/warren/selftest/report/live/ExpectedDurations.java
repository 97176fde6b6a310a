package dev.warren.selftest.report.live;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** How long things took in earlier runs, to say how long they may take now. */
public interface ExpectedDurations {
  /** Nothing is known. */
  ExpectedDurations NONE = of(_ -> Optional.empty(), _ -> Optional.empty());

  /** What two functions know, of suites and of testenvs. */
  static ExpectedDurations of(
      Function<String, Optional<Duration>> suites, Function<String, Optional<Duration>> testenvs) {
    return new ExpectedDurations() {
      @Override
      public Optional<Duration> suite(String name) {
        return suites.apply(name);
      }

      @Override
      public Optional<Duration> testenv(String name) {
        return testenvs.apply(name);
      }
    };
  }

  /** How long a suite may take, without the set-up of its testenv. */
  Optional<Duration> suite(String name);

  /** How long the set-up of a testenv may take, without those that it needs. */
  Optional<Duration> testenv(String name);
}
