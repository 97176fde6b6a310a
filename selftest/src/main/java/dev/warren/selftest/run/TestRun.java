package dev.warren.selftest.run;

import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.report.FileNames;
import dev.warren.selftest.report.JUnitReport;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.report.SubunitReport;
import dev.warren.selftest.report.SummaryReport;
import dev.warren.selftest.report.Tally;
import dev.warren.selftest.report.events.EventsReport;
import dev.warren.selftest.report.events.RunFacts;
import dev.warren.selftest.report.page.PageReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Runs a plan: {@code RESULTS/subunit}, {@code summary}, {@code junit/TEST-*.xml}, {@code
 * events.jsonl}, {@code report.html}, what each suite wrote ({@code suites/*.log}) and the logs of
 * each testenv are left.
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
    return execute(options, RunFacts.ofThisProcess(List.of()), listener);
  }

  /**
   * As {@link #execute(RunOptions, RunListener)}.
   *
   * @param facts what the events and the page tell of the run's circumstances
   */
  public static Tally execute(RunOptions options, RunFacts facts, RunListener listener)
      throws IOException {
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
                new EventsReport(results.resolve(EventsReport.FILE), facts),
                new PageReport(results),
                listener));
    all.on(new RunEvent.RunStarted(Instant.now(), options.name(), options.plan().suites().size()));
    Optional<String> early = Optional.of("an error of Warren's own");
    try {
      runSuites(options, names, all);
      early = Optional.empty();
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

  private static void runSuites(RunOptions options, FileNames names, RunListener listener)
      throws IOException, InterruptedException {
    try (TestLab lab = TestLab.start(options.lab(), options.plan().testenvs(), listener)) {
      SuiteRunner runner = new SuiteRunner(lab, options, names, listener);
      int index = 0;
      for (Suite suite : options.plan().suites()) {
        runner.run(suite, ++index);
      }
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
