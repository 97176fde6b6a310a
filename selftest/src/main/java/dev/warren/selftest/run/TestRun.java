package dev.warren.selftest.run;

import dev.warren.selftest.plan.Plan;
import dev.warren.selftest.plan.SkippedSuite;
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
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Runs a plan: {@code RESULTS/subunit}, {@code summary}, {@code junit/TEST-*.xml}, {@code
 * events.jsonl}, {@code report.html}, what each suite wrote ({@code suites/*.log}) and the logs of
 * each testenv are left.
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
    FirstFailure failure = new FirstFailure();
    RunListener all =
        new SerialListener(
            RunListener.all(
                List.of(
                    tally,
                    failure,
                    new SubunitReport(results.resolve("subunit")),
                    new JUnitReport(results.resolve(ResultFolder.JUNIT), names),
                    new SummaryReport(results.resolve("summary")),
                    new EventsReport(
                        results.resolve(EventsReport.FILE),
                        facts.isolatedBy(options.lab().isolation())),
                    new PageReport(results),
                    listener)));
    Plan plan = options.plan();
    all.on(
        new RunEvent.RunStarted(
            Instant.now(), options.name(), plan.suites().size() + plan.skipped().size()));
    for (SkippedSuite skipped : plan.skipped()) {
      all.on(new RunEvent.SuiteSkipped(Instant.now(), skipped.suite(), skipped.reason()));
    }
    Optional<String> early = Optional.of("an error of Warren's own");
    try {
      early = runSuites(options, names, failure, all);
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

  /**
   * Fetches the packages that testenvs and all that they need use, and does nothing else: no lab is
   * started.
   *
   * @param listener is told what is fetched
   * @throws IOException when they cannot be had
   */
  public static void fetch(LabOptions lab, Collection<String> testenvs, RunListener listener)
      throws IOException, InterruptedException {
    var _ = LabFactory.prepare(lab, testenvs, listener);
  }

  /** Runs the suites; returns why it ended before the last one, when it did. */
  private static Optional<String> runSuites(
      RunOptions options, FileNames names, FirstFailure failure, RunListener listener)
      throws IOException, InterruptedException {
    LabFactory labs = LabFactory.prepare(options.lab(), options.plan().testenvs(), listener);
    Schedule schedule =
        new Schedule(
            QueuedSuite.all(options.plan().suites(), options.lab().catalogue()),
            new Schedule.Rules(
                options.jobs(), options.resetup(), options.lab().snapshots().isOn(), IDLE_LABS),
            options.times(),
            InstantSource.system());
    try (LabPool pool = new LabPool(schedule, labs, options.lab().watch().hold())) {
      BooleanSupplier enough = () -> options.failFast() && failure.happened();
      new Workers(options, pool, names, enough, listener).run();
      if (enough.getAsBoolean()) {
        return Optional.of("a suite failed, and no other was to run after that");
      }
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return Optional.empty();
  }
}
