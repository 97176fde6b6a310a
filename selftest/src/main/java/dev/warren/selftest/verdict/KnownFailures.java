package dev.warren.selftest.verdict;

import dev.warren.selftest.subunit.Outcome;
import java.util.Optional;

/**
 * What is known about tests before they run.
 *
 * @param expected these fail; one that does not is a surprise, and so a failure
 * @param flapping these may fail
 */
public record KnownFailures(FailurePatterns expected, FailurePatterns flapping) {

  /** Every test is to pass. */
  public static final KnownFailures NONE =
      new KnownFailures(FailurePatterns.NONE, FailurePatterns.NONE);

  /**
   * The verdict on a test: failures that are known are excused, successes that are not expected
   * count as failures, errors are never excused, and everything else stays what it is.
   *
   * @param id the full id, with prefix and suffix
   */
  public TestVerdict judge(String id, Outcome outcome, Optional<String> reason) {
    return switch (outcome) {
      case FAILURE ->
          expected
              .find(id)
              .or(() -> flapping.find(id))
              .map(pattern -> new TestVerdict(id, Outcome.XFAIL, reason, note(pattern)))
              .orElseGet(() -> new TestVerdict(id, outcome, reason, Optional.empty()));
      case SUCCESS ->
          expected
              .find(id)
              .map(pattern -> new TestVerdict(id, Outcome.UXSUCCESS, reason, note(pattern)))
              .orElseGet(() -> new TestVerdict(id, outcome, reason, Optional.empty()));
      case ERROR, SKIP, XFAIL, UXSUCCESS -> new TestVerdict(id, outcome, reason, Optional.empty());
    };
  }

  private static Optional<String> note(FailurePattern pattern) {
    return Optional.of(KnownFailureNote.of(pattern));
  }
}
