package dev.warren.selftest.run;

import dev.warren.selftest.plan.Plan;
import dev.warren.selftest.plan.SkippedSuite;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.report.FileNames;
import dev.warren.selftest.report.JUnitReport;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.report.SubunitReport;
import dev.warren.selftest.report.SummaryReport;
import dev.warren.selftest.report.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Runs a plan: {@code RESULTS/subunit}, {@code summary}, {@code junit/TEST-*.xml}, what each suite
 * wrote ({@code suites/*.log}) and the logs of each testenv are left.
 */
public final class TestRun {
  private TestRun() {}

  /**
   * Runs the plan's suites in order, on the calling thread. An interrupt of this thread stops the
   * run: the suite that runs ends, the lab ends, and the reports are written; the tally then says
   * that the run ended early.
   *
   * @param listener is told everything as it happens; not the reports' own
   * @return what came of it
   * @throws IOException when the software cannot be had, the lab cannot be started, or a report
   *     cannot be written
   */
  public static Tally execute(RunOptions options, RunListener listener) throws IOException {
    Path results = options.lab().resultFolder();
    new ResultFolder(results).begin();
    FileNames names = new FileNames();
    Tally tally = new Tally();
    RunListener all =
        RunListener.all(
            List.of(
                tally,
                new SubunitReport(results.resolve("subunit")),
                new JUnitReport(results.resolve(ResultFolder.JUNIT), names),
                new SummaryReport(results.resolve("summary")),
                listener));
    Plan plan = options.plan();
    all.on(
        new RunEvent.RunStarted(
            Instant.now(), options.name(), plan.suites().size() + plan.skipped().size()));
    for (SkippedSuite skipped : plan.skipped()) {
      all.on(new RunEvent.SuiteSkipped(Instant.now(), skipped.suite(), skipped.reason()));
    }
    Optional<String> early = Optional.of("an error of Warren's own");
    try {
      early = runSuites(options, names, tally, all);
    } catch (InterruptedException e) {
      early = Optional.of("it was stopped");
    } catch (IOException e) {
      early = Optional.of(Exits.words(e));
      throw e;
    } finally {
      all.on(new RunEvent.RunFinished(Instant.now(), early));
    }
    return tally;
  }

  /** Runs the suites; returns why it ended before the last one, when it did. */
  private static Optional<String> runSuites(
      RunOptions options, FileNames names, Tally tally, RunListener listener)
      throws IOException, InterruptedException {
    try (TestLab lab = TestLab.start(options.lab(), options.plan().testenvs(), listener)) {
      SuiteRunner runner = new SuiteRunner(lab, options, names, listener);
      int index = options.plan().skipped().size();
      for (Suite suite : options.plan().suites()) {
        runner.run(suite, ++index);
        if (options.failFast() && !tally.badSuites().isEmpty()) {
          return Optional.of("a suite failed, and no other was to run after that");
        }
      }
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return Optional.empty();
  }
}
