package dev.warren.selftest.report.table;

import dev.warren.selftest.report.MissingPart;
import dev.warren.selftest.report.events.RunFacts;
import dev.warren.selftest.report.table.Results.KnownFailure;
import dev.warren.selftest.report.table.Results.Range;
import dev.warren.selftest.report.table.Results.SuiteCell;
import dev.warren.selftest.report.table.Results.SuiteRow;
import dev.warren.selftest.report.table.Results.TestenvCell;
import dev.warren.selftest.report.table.Results.TestenvRow;
import dev.warren.selftest.report.table.Results.Totals;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Results as a page in Markdown. */
public final class ResultsMarkdown {
  private static final String NOT_SEEN = "-";

  private static final Pattern LOG = Pattern.compile("; the end of its log:\\R.*", Pattern.DOTALL);

  private final Results results;
  private final Set<Account> accounts;

  private ResultsMarkdown(Results results) {
    this.results = results;
    this.accounts = results.totals().keySet();
  }

  /** The whole page. */
  public static String page(Results results) {
    ResultsMarkdown page = new ResultsMarkdown(results);
    return "# Results\n\nMade by `warren report --table`, not by hand.\n\n"
        + page.facts()
        + page.totals()
        + page.testenvs()
        + page.suites();
  }

  private String facts() {
    StringBuilder text = new StringBuilder(Markdown.head(List.of("what", "of these runs")));
    fact(text, "plans", values(run -> Stream.of(Markdown.code(run.plan()))));
    fact(text, "packages", packages());
    fact(text, "machine", ofFacts(facts -> facts.processors() + " processors, " + facts.kernel()));
    fact(text, "isolation", values(ResultsMarkdown::isolation));
    fact(text, "Warren", ofFacts(facts -> facts.warren() + ", Java " + facts.java()));
    fact(text, "date", dates());
    return text.append('\n').toString();
  }

  private static Stream<String> isolation(RunRecord run) {
    return run.facts().flatMap(RunFacts::isolation).stream();
  }

  private static void fact(StringBuilder text, String what, String value) {
    if (!value.isEmpty()) {
      text.append(Markdown.row(Stream.of(what, value)));
    }
  }

  private String values(Function<RunRecord, Stream<String>> value) {
    return results.runs().stream().flatMap(value).distinct().collect(Collectors.joining(", "));
  }

  private String ofFacts(Function<RunFacts, String> value) {
    return results.runs().stream()
        .flatMap(run -> run.facts().stream())
        .map(value)
        .distinct()
        .map(Markdown::text)
        .collect(Collectors.joining("; "));
  }

  /** Packages of the same version are of one source as a rule, and stand together. */
  private String packages() {
    SortedMap<String, Set<String>> versions = new TreeMap<>();
    for (RunRecord run : results.runs()) {
      run.packages()
          .forEach(
              (name, version) -> versions.computeIfAbsent(name, _ -> new TreeSet<>()).add(version));
    }
    Map<String, List<String>> byVersion = new LinkedHashMap<>();
    versions.forEach(
        (name, all) ->
            byVersion.computeIfAbsent(String.join(" or ", all), _ -> new ArrayList<>()).add(name));
    return byVersion.entrySet().stream()
        .map(entry -> String.join(", ", entry.getValue()) + " " + entry.getKey())
        .map(Markdown::text)
        .collect(Collectors.joining("; "));
  }

  private String dates() {
    List<LocalDate> days =
        results.runs().stream()
            .map(run -> run.start().atZone(ZoneOffset.UTC).toLocalDate())
            .sorted()
            .toList();
    if (days.isEmpty()) {
      return "";
    }
    return days.getFirst().equals(days.getLast())
        ? days.getFirst().toString()
        : "%s to %s".formatted(days.getFirst(), days.getLast());
  }

  private String totals() {
    StringBuilder text =
        new StringBuilder(
            Markdown.head(
                List.of(
                    "",
                    "runs:",
                    "testenvs up:",
                    "fail:",
                    "skipped:",
                    "suites passed:",
                    "failed:",
                    "skipped:")));
    results
        .totals()
        .forEach(
            (account, totals) ->
                text.append(
                    Markdown.row(
                        Stream.of(
                                Stream.of(account.title(), runs(account)),
                                numbers(totals, Totals::testenvs),
                                numbers(totals, Totals::suites))
                            .flatMap(Function.identity()))));
    return text.append('\n').toString();
  }

  private String runs(Account account) {
    List<RunRecord> runs = results.runs().stream().filter(run -> run.account() == account).toList();
    long early = runs.stream().filter(run -> !run.complete()).count();
    return runs.size() + (early == 0 ? "" : " (%d ended early)".formatted(early));
  }

  private static Stream<String> numbers(
      Totals totals, Function<Totals, Map<Verdict, Integer>> counts) {
    return Stream.of(Verdict.values())
        .map(verdict -> String.valueOf(counts.apply(totals).getOrDefault(verdict, 0)));
  }

  private String testenvs() {
    List<String> columns = new ArrayList<>(List.of("testenv"));
    for (Account account : accounts) {
      columns.add(account.title() + ": cold, s:");
      columns.add("from its snapshot, s:");
    }
    StringBuilder text =
        new StringBuilder(
            "## Testenvs\n\nHow long a testenv's own set-up takes, without what it needs: the median"
                + " of all runs.\n\n");
    text.append(Markdown.head(columns));
    for (TestenvRow row : results.testenvs()) {
      text.append(
          Markdown.row(
              Stream.concat(
                  Stream.of(Markdown.code(row.name())),
                  accounts.stream()
                      .flatMap(account -> times(Optional.ofNullable(row.cells().get(account)))))));
    }
    return text.append('\n').toString();
  }

  private static Stream<String> times(Optional<TestenvCell> cell) {
    return switch (cell.map(TestenvCell::verdict).orElse(Verdict.PASSED)) {
      case PASSED ->
          Stream.of(
              seconds(cell.flatMap(TestenvCell::cold))
                  + cell.map(TestenvCell::failures)
                      .filter(failures -> failures > 0)
                      .map(ResultsMarkdown::times)
                      .orElse(""),
              seconds(cell.flatMap(TestenvCell::fromSnapshot)));
      case FAILED -> Stream.of("fails: " + reason(cell), NOT_SEEN);
      case SKIPPED -> Stream.of("skipped: " + reason(cell), NOT_SEEN);
    };
  }

  private static String times(int failures) {
    return failures == 1 ? " (failed once)" : " (failed %d times)".formatted(failures);
  }

  private static String reason(Optional<TestenvCell> cell) {
    String reason = cell.map(TestenvCell::reason).orElse("");
    return MissingPart.of(reason)
        .map(missing -> Markdown.text("needs " + missing.part()))
        .orElseGet(() -> firstLine(reason));
  }

  /** A reason without the log that may follow it, which is no table's. */
  private static String firstLine(String reason) {
    return Markdown.text(LOG.matcher(reason).replaceFirst(""));
  }

  private static String seconds(Optional<Duration> time) {
    return time.map(one -> String.format(Locale.ROOT, "%.1f", one.toMillis() / 1000.0))
        .orElse(NOT_SEEN);
  }

  private String suites() {
    List<String> columns = new ArrayList<>(List.of("suite", "tests passed:", "known failures"));
    accounts.forEach(account -> columns.add(account.title()));
    Map<String, List<SuiteRow>> groups =
        results.suites().stream()
            .collect(
                Collectors.groupingBy(SuiteRow::testenv, LinkedHashMap::new, Collectors.toList()));
    StringBuilder text = new StringBuilder("## Suites\n");
    groups.forEach(
        (testenv, rows) -> {
          text.append("\n### ").append(Markdown.text(testenv)).append("\n\n");
          text.append(Markdown.head(columns));
          rows.forEach(row -> text.append(suite(row)));
        });
    return text.toString();
  }

  private String suite(SuiteRow row) {
    return Markdown.row(
        Stream.concat(
            Stream.of(
                Markdown.code(row.name()),
                passed(row.passed(), row.skipped()),
                row.knownFailures().stream()
                    .map(ResultsMarkdown::knownFailure)
                    .collect(Collectors.joining("<br>"))),
            accounts.stream()
                .map(account -> verdict(Optional.ofNullable(row.cells().get(account))))));
  }

  private static String passed(Range passed, int skipped) {
    String most = String.valueOf(passed.most());
    return (passed.least() == passed.most() ? most : passed.least() + " to " + most)
        + (skipped == 0 ? "" : ", %d skipped".formatted(skipped));
  }

  private static String knownFailure(KnownFailure failure) {
    return failure.tests() + ": " + Markdown.text(failure.reason());
  }

  private static String verdict(Optional<SuiteCell> cell) {
    return cell.map(ResultsMarkdown::verdict).orElse(NOT_SEEN);
  }

  private static String verdict(SuiteCell cell) {
    return switch (cell.verdict()) {
      case PASSED -> "passed";
      case FAILED ->
          "**failed**"
              + (cell.failed() < cell.runs()
                  ? " in %d of %d runs".formatted(cell.failed(), cell.runs())
                  : "")
              + ": "
              + firstLine(cell.reason());
      case SKIPPED -> "skipped: " + firstLine(cell.reason());
    };
  }
}
