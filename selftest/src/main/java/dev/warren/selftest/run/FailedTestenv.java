package dev.warren.selftest.run;

import dev.warren.selftest.plan.FilterOptions;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.report.SuiteFiles;
import dev.warren.selftest.verdict.Exit;
import dev.warren.selftest.verdict.KnownFailures;
import dev.warren.selftest.verdict.SuiteJudge;
import java.time.Duration;
import java.time.Instant;

/**
 * A testenv in which no suite can run.
 *
 * @param lab what its lab was called
 * @param failure why
 */
record FailedTestenv(String lab, TestenvFailedException failure) {

  /** Tells that a suite is skipped, or that it began and ended at once, as an error. */
  void tell(Suite suite, int index, KnownFailures known, RunListener listener) {
    Instant now = Instant.now();
    if (failure instanceof PartMissingException missing) {
      listener.on(new RunEvent.SuiteSkipped(now, suite, missing.reason()));
      return;
    }
    Exit exit =
        new Exit.NotStarted(
            "the testenv %s failed: %s".formatted(failure.testenv(), failure.reason()));
    listener.on(new RunEvent.SuiteStarted(now, suite, index, lab));
    listener.on(
        new RunEvent.SuiteFinished(
            now,
            suite,
            new SuiteJudge(FilterOptions.NONE, known).finish(exit),
            Duration.ZERO,
            "",
            SuiteFiles.NONE));
  }
}
