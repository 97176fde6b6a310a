package dev.warren.selftest.report.live;

import java.time.Duration;
import java.util.Optional;

/** How long things took in earlier runs, to say how long they may take now. */
public interface ExpectedDurations {
  /** Nothing is known. */
  ExpectedDurations NONE =
      new ExpectedDurations() {
        @Override
        public Optional<Duration> suite(String name) {
          return Optional.empty();
        }

        @Override
        public Optional<Duration> testenv(String name) {
          return Optional.empty();
        }
      };

  /** How long a suite may take, without the set-up of its testenv. */
  Optional<Duration> suite(String name);

  /** How long the set-up of a testenv may take, without those that it needs. */
  Optional<Duration> testenv(String name);
}
