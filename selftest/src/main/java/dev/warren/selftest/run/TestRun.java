package dev.warren.selftest.run;

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
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Runs a plan: {@code RESULTS/subunit}, {@code summary}, {@code junit/TEST-*.xml}, what each suite
 * wrote ({@code suites/*.log}) and the logs of each testenv are left.
 */
public final class TestRun {
  /** A domain controller that has nothing to do takes 200 to 300 MB of memory. */
  private static final int IDLE_LABS = 8;

  private TestRun() {}

  /**
   * Runs the plan's suites: in order, or some at a time. An interrupt of this thread stops the run:
   * the suites that run end, the labs end, and the reports are written; the tally then says that
   * the run ended early.
   *
   * @param listener is told everything as it happens, by one thread at a time; not the reports' own
   * @return what came of it
   * @throws IOException when the software cannot be had, a lab cannot be started, or a report
   *     cannot be written
   */
  public static Tally execute(RunOptions options, RunListener listener) throws IOException {
    Path results = options.lab().resultFolder();
    new ResultFolder(results).begin();
    FileNames names = new FileNames();
    Tally tally = new Tally();
    RunListener all =
        new SerialListener(
            RunListener.all(
                List.of(
                    tally,
                    new SubunitReport(results.resolve("subunit")),
                    new JUnitReport(results.resolve(ResultFolder.JUNIT), names),
                    new SummaryReport(results.resolve("summary")),
                    listener)));
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
    LabFactory labs = LabFactory.prepare(options.lab(), options.plan().testenvs(), listener);
    Schedule schedule =
        new Schedule(
            options.plan().suites(),
            new Schedule.Rules(
                options.jobs(), options.resetup(), options.lab().hasSnapshots(), IDLE_LABS),
            options.durations(),
            InstantSource.system());
    try (LabPool pool = new LabPool(schedule, labs)) {
      new Workers(options, pool, names, listener).run();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
