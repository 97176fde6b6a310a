package dev.warren.selftest.verdict;

import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent.SuiteFinished;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One call of Samba's {@code filter-subunit} that results go through: what it knows of tests, and
 * what it has seen since a suite last began. For one thread.
 */
final class FilterPass {
  private final KnownFailures known;
  private int excused;
  private int unexpected;
  private int failures;
  private int errors;

  FilterPass(KnownFailures known) {
    this.known = known;
  }

  /** A suite begins, within the one that is judged: its tests count for themselves. */
  void begin() {
    excused = 0;
    unexpected = 0;
    failures = 0;
    errors = 0;
  }

  /** The verdict on a test; a note of what was known before stays. */
  TestVerdict judge(TestVerdict said) {
    TestVerdict verdict = known.judge(said.id(), said.outcome(), said.reason());
    switch (verdict.outcome()) {
      case SUCCESS, SKIP -> {}
      case XFAIL -> excused += said.outcome() == Outcome.XFAIL ? 0 : 1;
      case UXSUCCESS -> unexpected++;
      case FAILURE -> failures++;
      case ERROR -> errors++;
    }
    return new TestVerdict(
        verdict.id(), verdict.outcome(), verdict.reason(), verdict.note().or(said::note));
  }

  /** The end of a suite, with what its tests make of its result. */
  SuiteFinished judge(SuiteFinished said) {
    List<String> reasons = new ArrayList<>();
    said.reason().ifPresent(reasons::add);
    Outcome outcome = recomputed(said.outcome(), reasons);
    return new SuiteFinished(said.name(), outcome, joined(reasons));
  }

  /** What becomes of a suite's own result; why is added to the reasons. */
  Outcome recomputed(Outcome said, List<String> reasons) {
    Outcome outcome = said;
    if (outcome == Outcome.FAILURE && excused > 0) {
      outcome = Outcome.XFAIL;
    }
    outcome = worse(outcome, Outcome.UXSUCCESS, unexpected, reasons);
    outcome = worse(outcome, Outcome.FAILURE, failures, reasons);
    return worse(outcome, Outcome.ERROR, errors, reasons);
  }

  private static Outcome worse(Outcome outcome, Outcome bad, int count, List<String> reasons) {
    if (count == 0) {
      return outcome;
    }
    reasons.add("%s: %d".formatted(bad.word(), count));
    return bad;
  }

  static Optional<String> joined(List<String> reasons) {
    return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", reasons));
  }
}
