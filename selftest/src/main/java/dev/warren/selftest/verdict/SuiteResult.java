package dev.warren.selftest.verdict;

import dev.warren.selftest.subunit.Outcome;
import java.util.Optional;

/**
 * The verdict on a suite.
 *
 * @param outcome from its tests and the end of its command; never {@link Outcome#SKIP}
 * @param reason why, unless all is well
 * @param counts its tests
 */
public record SuiteResult(Outcome outcome, Optional<String> reason, Counts counts) {

  /** Whether the run fails for it. */
  public boolean isBad() {
    return outcome.isBad();
  }
}
