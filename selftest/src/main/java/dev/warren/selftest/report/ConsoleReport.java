package dev.warren.selftest.report;

import dev.warren.selftest.report.RunEvent.LabEnded;
import dev.warren.selftest.report.RunEvent.LabStarted;
import dev.warren.selftest.report.RunEvent.Progress;
import dev.warren.selftest.report.RunEvent.RunFinished;
import dev.warren.selftest.report.RunEvent.RunStarted;
import dev.warren.selftest.report.RunEvent.SoftwareReady;
import dev.warren.selftest.report.RunEvent.SuiteFinished;
import dev.warren.selftest.report.RunEvent.SuiteSaid;
import dev.warren.selftest.report.RunEvent.SuiteSkipped;
import dev.warren.selftest.report.RunEvent.SuiteStarted;
import dev.warren.selftest.report.RunEvent.TestFinished;
import dev.warren.selftest.report.RunEvent.TestStarted;
import dev.warren.selftest.report.RunEvent.TestenvFailed;
import dev.warren.selftest.report.RunEvent.TestenvReady;
import dev.warren.selftest.report.RunEvent.TestenvStarted;
import dev.warren.selftest.report.RunEvent.TestenvStep;
import dev.warren.selftest.verdict.TestVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Tells a run in lines, in the shape of Samba's selftest. */
public final class ConsoleReport implements RunListener {
  private static final int SLOWEST = 10;
  private static final int FAILED = 25;

  private final Consumer<String> lines;
  private final Tally tally = new Tally();
  private final List<String> failed = new ArrayList<>();
  private final Set<String> suitesOfFailed = new HashSet<>();
  private final boolean onlyFailures;

  /** A report that hands on each line without its line end; a reason may hold several. */
  public ConsoleReport(Consumer<String> lines) {
    this(lines, false);
  }

  private ConsoleReport(Consumer<String> lines, boolean onlyFailures) {
    this.lines = lines;
    this.onlyFailures = onlyFailures;
  }

  /** A report of what goes wrong, and of the end; for where progress is shown by other means. */
  public static ConsoleReport ofFailures(Consumer<String> lines) {
    return new ConsoleReport(lines, true);
  }

  @Override
  public void on(RunEvent event) {
    tally.on(event);
    switch (event) {
      case Progress progress -> progress(progress.message());
      case TestenvStarted started -> progress("setting up " + started.testenv());
      case TestenvReady ready ->
          progress(
              "%s is ready after %s%s"
                  .formatted(
                      ready.testenv(),
                      seconds(ready.took()),
                      ready.fromSnapshot() ? ", from its snapshot" : ""));
      case TestenvFailed failed ->
          lines.accept("%s failed: %s".formatted(failed.testenv(), failed.reason()));
      case SuiteStarted started -> progress(progressLine(started));
      case TestFinished finished -> unexpected(finished);
      case SuiteFinished finished -> finished(finished);
      case RunFinished finished -> end(finished);
      case RunStarted _,
          SoftwareReady _,
          LabStarted _,
          LabEnded _,
          TestenvStep _,
          SuiteSkipped _,
          TestStarted _,
          SuiteSaid _ -> {}
    }
  }

  private void progress(String line) {
    if (!onlyFailures) {
      lines.accept(line);
    }
  }

  private String progressLine(SuiteStarted started) {
    int bad = tally.badSuites().size();
    return "[%d(%d)/%d at %s%s] %s"
        .formatted(
            started.index(),
            // As Samba counts: without those that were skipped.
            tally.tests().asExpected() + tally.tests().bad(),
            tally.planned(),
            TimeWords.clock(tally.elapsed(started.at())),
            bad == 0 ? "" : ", " + bad + " errors",
            started.suite().name());
  }

  private void unexpected(TestFinished finished) {
    TestVerdict verdict = finished.verdict();
    if (verdict.outcome().isBad()) {
      suitesOfFailed.add(finished.suite().name());
      failed.add(verdict.outcome().word() + ": " + verdict.id());
      lines.accept("UNEXPECTED(%s): %s".formatted(verdict.outcome().word(), verdict.id()));
      lines.accept("REASON: " + verdict.explanation().orElse("No reason specified").strip());
    }
  }

  private void finished(SuiteFinished finished) {
    if (finished.result().isBad()) {
      if (!suitesOfFailed.contains(finished.suite().name())) {
        failed.add(finished.result().outcome().word() + ": suite " + finished.suite().name());
      }
      lines.accept("ERROR: Testsuite[%s]".formatted(finished.suite().name()));
      lines.accept("REASON: " + finished.result().reason().orElse("No reason specified"));
      finished.files().capture().ifPresent(file -> lines.accept("CAPTURE: " + file));
    }
  }

  private void end(RunFinished finished) {
    if (tally.suites().size() > 1) {
      lines.accept("");
      lines.accept("The slowest suites:");
      tally
          .slowest(SLOWEST)
          .forEach(suite -> lines.accept(seconds(suite.took()) + "  " + suite.suite().name()));
      failures();
    }
    lines.accept("");
    if (tally.skipped() > 0) {
      lines.accept(
          "Skipped: %d of %d suites; the file \"summary\" says why"
              .formatted(tally.skipped(), tally.planned()));
    }
    finished.interrupted().ifPresent(reason -> lines.accept("The run ended early: " + reason));
    lines.accept(tally.lastLine());
  }

  /** Again, as they stand far above by now. */
  private void failures() {
    if (failed.isEmpty()) {
      return;
    }
    lines.accept("");
    lines.accept("What failed:");
    failed.stream().limit(FAILED).forEach(lines);
    if (failed.size() > FAILED) {
      lines.accept("and %d more".formatted(failed.size() - FAILED));
    }
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
