package dev.warren.selftest.report.table;

import dev.warren.lab.source.Position;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.plan.SuiteCommand;
import dev.warren.selftest.plan.SuiteSettings;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.SuiteFiles;
import dev.warren.selftest.report.events.EventsReport;
import dev.warren.selftest.report.events.RunFacts;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.verdict.Counts;
import dev.warren.selftest.verdict.SuiteResult;
import dev.warren.selftest.verdict.TestVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the events of a run together, event by event, and has them read as a table has. */
final class Runs {
  static final long ALL_IDS = 0xffffffffL;
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final Path folder;
  private final Optional<Long> ids;
  private final List<RunEvent> events = new ArrayList<>();

  private Runs(Path folder, Optional<Long> ids) {
    this.folder = folder;
    this.ids = ids;
    events.add(new RunEvent.RunStarted(START, "quick", 9));
  }

  /** A run of who has so many ids, in a folder that is not there yet. */
  static Runs of(Path folder, long ids) {
    return new Runs(folder, Optional.of(ids));
  }

  /** A run that an earlier Warren made. */
  static Runs ofOldWarren(Path folder) {
    return new Runs(folder, Optional.empty());
  }

  Runs packages(Map<String, String> packages) {
    events.add(new RunEvent.SoftwareReady(START, packages));
    return this;
  }

  Runs ready(String testenv, double seconds, boolean fromSnapshot) {
    events.add(
        new RunEvent.TestenvReady(
            START,
            "lab",
            testenv,
            Duration.ofMillis(Math.round(seconds * 1000)),
            fromSnapshot,
            Optional.empty()));
    return this;
  }

  Runs fails(String testenv, String reason) {
    events.add(
        new RunEvent.TestenvFailed(
            START, "lab", testenv, reason, Optional.empty(), Optional.empty()));
    return this;
  }

  Runs skips(String suite, String testenv, String reason) {
    events.add(new RunEvent.SuiteSkipped(START, suite(suite, testenv), reason));
    return this;
  }

  Runs begins(String suite, String testenv) {
    events.add(new RunEvent.SuiteStarted(START, suite(suite, testenv), 1, "lab"));
    return this;
  }

  /** A suite all of whose tests end so. */
  Runs suite(String name, String testenv, Outcome... tests) {
    TestVerdict[] verdicts = new TestVerdict[tests.length];
    for (int i = 0; i < tests.length; i++) {
      verdicts[i] = new TestVerdict(name + "." + i, tests[i], Optional.empty(), Optional.empty());
    }
    return suite(name, testenv, verdicts);
  }

  /** A suite with these tests, which fails where one of them does. */
  Runs suite(String name, String testenv, TestVerdict... tests) {
    begins(name, testenv);
    Counts counts = Counts.NONE;
    Outcome outcome = Outcome.SUCCESS;
    for (TestVerdict test : tests) {
      counts = counts.plus(test.outcome());
      outcome = test.outcome().isBad() ? test.outcome() : outcome;
      events.add(new RunEvent.TestFinished(START, suite(name, testenv), test));
    }
    return ends(name, testenv, new SuiteResult(outcome, Optional.empty(), counts));
  }

  Runs ends(String name, String testenv, SuiteResult result) {
    events.add(
        new RunEvent.SuiteFinished(
            START, suite(name, testenv), result, Duration.ofSeconds(1), "", SuiteFiles.NONE));
    return this;
  }

  /** A test that fails as a list knows, for this reason. */
  static TestVerdict knownFailure(String id, String reason) {
    return new TestVerdict(
        id,
        Outcome.XFAIL,
        Optional.of("boom"),
        Optional.of("known failure (a.knownfail:3:1): " + reason));
  }

  /** The run, which came to its end. */
  RunRecord whole() throws IOException {
    events.add(new RunEvent.RunFinished(START, Optional.empty()));
    return asFarAsItCame();
  }

  /** The run, which was killed. */
  RunRecord asFarAsItCame() throws IOException {
    Files.createDirectories(folder);
    EventsReport report =
        new EventsReport(
            folder.resolve(EventsReport.FILE),
            new RunFacts(
                "0.1.0",
                "25.0.1",
                "Linux 6.1.0",
                2,
                "builder",
                "root",
                true,
                ids,
                Optional.empty(),
                List.of()));
    events.forEach(report::on);
    if (!(events.getLast() instanceof RunEvent.RunFinished)) {
      // Lines reach the file when a suite or a set-up ends.
      report.on(
          new RunEvent.TestenvFailed(START, "lab", "-", "", Optional.empty(), Optional.empty()));
    }
    return RunRecord.read(folder);
  }

  private static Suite suite(String name, String testenv) {
    return new Suite(
        name,
        TestenvChoice.parse(testenv).orElseThrow(),
        SuiteCommand.parse("run x"),
        Optional.empty(),
        SuiteSettings.USUAL,
        Position.of("plan"));
  }
}
