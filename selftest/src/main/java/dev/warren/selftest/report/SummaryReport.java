package dev.warren.selftest.report;

import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.report.RunEvent.RunFinished;
import dev.warren.selftest.report.RunEvent.SuiteSkipped;
import dev.warren.selftest.report.RunEvent.TestFinished;
import dev.warren.selftest.report.RunEvent.TestenvFailed;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.verdict.TestVerdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what a reader wants first after a run: the failures with their reasons, then totals. */
public final class SummaryReport implements RunListener {
  private final Path file;
  private final Tally tally = new Tally();
  private final Map<String, List<TestVerdict>> bad = new LinkedHashMap<>();
  private final Map<String, List<TestVerdict>> skipped = new LinkedHashMap<>();
  private final Map<String, List<String>> skippedSuites = new LinkedHashMap<>();
  private final List<TestenvFailed> testenvs = new ArrayList<>();

  /** A report into a file, written when the run ends. */
  public SummaryReport(Path file) {
    this.file = file;
  }

  @Override
  public void on(RunEvent event) {
    tally.on(event);
    switch (event) {
      case TestFinished finished -> keep(finished.suite(), finished.verdict());
      case TestenvFailed failed -> testenvs.add(failed);
      case SuiteSkipped skip ->
          skippedSuites
              .computeIfAbsent(skip.reason(), _ -> new ArrayList<>())
              .add(skip.suite().name());
      case RunFinished _ -> {
        try {
          Files.writeString(file, text());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      default -> {}
    }
  }

  private void keep(Suite suite, TestVerdict verdict) {
    if (verdict.outcome().isBad()) {
      bad.computeIfAbsent(suite.name(), _ -> new ArrayList<>()).add(verdict);
    } else if (verdict.outcome() == Outcome.SKIP) {
      skipped.computeIfAbsent(suite.name(), _ -> new ArrayList<>()).add(verdict);
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    if (!testenvs.isEmpty()) {
      text.append("= Failed testenvs =\n");
      testenvs.forEach(failed -> entry(text, failed.testenv(), failed.reason()));
    }
    if (!tally.badSuites().isEmpty()) {
      text.append("= Failed suites =\n");
      tally
          .badSuites()
          .forEach(
              suite ->
                  entry(
                      text,
                      "%s: %s".formatted(suite.result().outcome().word(), suite.suite().name()),
                      suite.result().reason().orElse("")));
    }
    tests(text, "= Failed tests =\n", bad);
    tests(text, "= Skipped tests =\n", skipped);
    if (!skippedSuites.isEmpty()) {
      text.append("= Skipped suites =\n");
      skippedSuites.forEach(
          (reason, suites) ->
              entry(text, reason.isEmpty() ? "(no reason)" : reason, String.join("\n", suites)));
    }
    tally.interrupted().ifPresent(why -> text.append("The run ended early: " + why + "\n\n"));
    return text.append(tally.lastLine()).append('\n').toString();
  }

  private static void tests(
      StringBuilder text, String title, Map<String, List<TestVerdict>> bySuite) {
    if (bySuite.isEmpty()) {
      return;
    }
    text.append(title);
    bySuite.forEach(
        (suite, verdicts) -> {
          text.append("== ").append(suite).append(" ==\n");
          verdicts.forEach(
              verdict ->
                  entry(
                      text,
                      "%s: %s".formatted(verdict.outcome().word(), verdict.id()),
                      verdict.explanation().orElse("")));
        });
  }

  private static void entry(StringBuilder text, String head, String reason) {
    text.append(head).append('\n');
    reason.lines().forEach(line -> text.append("    ").append(line).append('\n'));
    text.append('\n');
  }
}
