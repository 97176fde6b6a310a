package dev.warren.selftest.report.table;

import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.report.events.EventsHead;
import dev.warren.selftest.report.events.EventsReader;
import dev.warren.selftest.report.table.RunRecord.SetUp;
import dev.warren.selftest.report.table.RunRecord.SuiteEnd;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.verdict.Counts;
import dev.warren.selftest.verdict.KnownFailureNote;
import dev.warren.selftest.verdict.SuiteResult;
import dev.warren.selftest.verdict.TestVerdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects what tables tell from the events of a run, of which any may be missing. */
final class RecordCollector implements RunListener {
  private final List<SetUp> setUps = new ArrayList<>();
  private final Map<String, SuiteEnd> suites = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> knownFailures = new HashMap<>();
  private final SortedMap<String, String> packages = new TreeMap<>();
  private String plan = "";
  private Optional<Instant> start = Optional.empty();
  private boolean complete;

  @Override
  public void on(RunEvent event) {
    if (start.isEmpty()) {
      start = Optional.of(event.at());
    }
    switch (event) {
      case RunEvent.RunStarted started -> plan = started.plan();
      case RunEvent.SoftwareReady ready -> packages.putAll(ready.packages());
      case RunEvent.TestenvReady ready ->
          setUps.add(new RunRecord.Ready(ready.testenv(), ready.took(), ready.fromSnapshot()));
      case RunEvent.TestenvFailed failed ->
          setUps.add(new RunRecord.Failed(failed.testenv(), failed.reason()));
      case RunEvent.SuiteSkipped skipped ->
          put(skipped.suite(), Verdict.SKIPPED, skipped.reason(), Counts.NONE);
      case RunEvent.SuiteStarted started ->
          put(started.suite(), Verdict.FAILED, "it did not come to its end", Counts.NONE);
      case RunEvent.TestFinished finished -> add(finished.suite(), finished.verdict());
      case RunEvent.SuiteFinished finished -> finish(finished.suite(), finished.result());
      case RunEvent.RunFinished finished -> complete = finished.interrupted().isEmpty();
      default -> {}
    }
  }

  private void add(Suite suite, TestVerdict verdict) {
    if (verdict.outcome() == Outcome.XFAIL) {
      knownFailures
          .computeIfAbsent(suite.name(), _ -> new LinkedHashMap<>())
          .put(verdict.id(), reason(verdict));
    }
  }

  private static String reason(TestVerdict verdict) {
    return verdict
        .note()
        .map(note -> KnownFailureNote.reason(note).orElse("no reason is given"))
        .orElse("the test itself expects it");
  }

  private void finish(Suite suite, SuiteResult result) {
    put(
        suite,
        result.isBad() ? Verdict.FAILED : Verdict.PASSED,
        result.isBad() ? reason(result) : "",
        result.counts());
  }

  private static String reason(SuiteResult result) {
    int bad = result.counts().bad();
    return bad == 0
        ? result.reason().orElse(result.outcome().word())
        : "%d of %d tests".formatted(bad, result.counts().total());
  }

  private void put(Suite suite, Verdict verdict, String reason, Counts counts) {
    suites.put(
        suite.name(),
        new SuiteEnd(
            suite.name(),
            suite.testenv().testenv(),
            verdict,
            reason,
            counts,
            knownFailures.getOrDefault(suite.name(), Map.of())));
  }

  /** All that came. */
  RunRecord record(Path folder, EventsReader.Result read) {
    return new RunRecord(
        folder,
        read.head().map(EventsHead::facts).map(Account::of).orElse(Account.UNKNOWN),
        read.head().map(EventsHead::facts),
        plan,
        start.orElse(Instant.EPOCH),
        complete,
        packages,
        setUps,
        List.copyOf(suites.values()),
        read.damaged());
  }
}
