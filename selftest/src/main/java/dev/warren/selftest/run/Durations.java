package dev.warren.selftest.run;

import java.time.Duration;
import java.util.Optional;

/** How long things took in earlier runs. What nobody knows is guessed. */
public interface Durations {
  /** Nothing is known. */
  Durations UNKNOWN =
      new Durations() {
        @Override
        public Optional<Duration> ofSuite(String suite) {
          return Optional.empty();
        }

        @Override
        public Optional<Duration> ofSetUp(String testenv) {
          return Optional.empty();
        }
      };

  /** How long a suite took, from its start to its end. */
  Optional<Duration> ofSuite(String suite);

  /** How long it took until a testenv was ready, with all that it needs. */
  Optional<Duration> ofSetUp(String testenv);
}
