package dev.warren.selftest.verdict;

import dev.warren.lab.source.Position;
import dev.warren.selftest.plan.FilterOptions;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.plan.SuiteCommand;
import dev.warren.selftest.plan.SuiteSettings;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.report.SubunitReport;
import dev.warren.selftest.report.SuiteFiles;
import dev.warren.selftest.report.Tally;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.subunit.SubunitParser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What Warren makes of a run of one suite.
 *
 * @param told its verdicts in order, those on suites too
 * @param unfinished the tests that were open at the end
 * @param startedTwice whether a test started that was open already
 * @param tally the run's counts
 */
record JudgedSuite(List<Told> told, List<String> unfinished, boolean startedTwice, Tally tally) {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:05.123456Z");

  /** A verdict: {@code kind} is test or suite. */
  record Told(String kind, String id, String outcome) {}

  /**
   * Judges a suite's stream.
   *
   * @param filtered what the filter in the command's pipe knows
   * @param known what is known in the whole run
   * @param subunit where the run's own stream is left
   */
  static JudgedSuite of(
      String name,
      byte[] stream,
      FilterOptions filter,
      KnownFailures filtered,
      KnownFailures known,
      Exit exit,
      Path subunit)
      throws IOException {
    Suite suite =
        new Suite(
            name,
            TestenvChoice.parse("none").orElseThrow(),
            new SuiteCommand("true", Optional.empty()),
            Optional.empty(),
            SuiteSettings.USUAL,
            Position.of("plan"));
    Tally tally = new Tally();
    RunListener reports = RunListener.all(List.of(tally, new SubunitReport(subunit)));
    SuiteJudge judge = new SuiteJudge(filter, filtered, known);
    List<Told> told = new ArrayList<>();
    List<String> unfinished = new ArrayList<>();
    AtomicBoolean startedTwice = new AtomicBoolean();
    reports.on(new RunEvent.RunStarted(NOW, "plan", 1));
    reports.on(new RunEvent.SuiteStarted(NOW, suite, 1, "lab"));
    SubunitParser parser =
        new SubunitParser(
            new JudgedStream(
                judge,
                new JudgedStream.Listener() {
                  @Override
                  public void started(String id) {
                    reports.on(new RunEvent.TestStarted(NOW, suite, id));
                  }

                  @Override
                  public void finished(TestVerdict verdict) {
                    reports.on(new RunEvent.TestFinished(NOW, suite, verdict));
                    told.add(new Told("test", verdict.id(), verdict.outcome().word()));
                    if (verdict.reason().equals(Optional.of("Test already running"))) {
                      startedTwice.set(true);
                    }
                    if (verdict.outcome() == Outcome.ERROR
                        && verdict
                            .reason()
                            .equals(Optional.of("was started but never finished!"))) {
                      unfinished.add(verdict.id());
                    }
                  }

                  @Override
                  public void said(SubunitEvent event) {
                    reports.on(new RunEvent.SuiteSaid(NOW, suite, event));
                    if (event instanceof SubunitEvent.SuiteFinished inner) {
                      told.add(new Told("suite", inner.name(), inner.outcome().word()));
                    }
                  }
                }));
    parser.feed(stream, 0, stream.length);
    parser.finish();
    SuiteResult result = judge.finish(exit);
    told.add(new Told("suite", name, result.outcome().word()));
    reports.on(
        new RunEvent.SuiteFinished(NOW, suite, result, Duration.ofSeconds(1), "", SuiteFiles.NONE));
    reports.on(new RunEvent.RunFinished(NOW, Optional.empty()));
    return new JudgedSuite(told, unfinished, startedTwice.get(), tally);
  }

  /** The verdicts on tests alone. */
  List<Told> tests() {
    return told.stream().filter(one -> one.kind().equals("test")).toList();
  }
}
