package dev.warren.selftest.report.table;

import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.report.table.Results.KnownFailure;
import dev.warren.selftest.report.table.Results.Range;
import dev.warren.selftest.report.table.Results.SuiteCell;
import dev.warren.selftest.report.table.Results.SuiteRow;
import dev.warren.selftest.report.table.Results.TestenvCell;
import dev.warren.selftest.report.table.Results.TestenvRow;
import dev.warren.selftest.report.table.Results.Totals;
import dev.warren.selftest.report.table.RunRecord.Failed;
import dev.warren.selftest.report.table.RunRecord.Ready;
import dev.warren.selftest.report.table.RunRecord.SuiteEnd;
import dev.warren.selftest.subunit.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Makes one result of several runs: of times the median, of endings the worst. */
public final class ResultsMaker {
  private final List<RunRecord> runs;

  private ResultsMaker(List<RunRecord> runs) {
    this.runs = runs;
  }

  /** What became of everything in these runs. */
  public static Results of(List<RunRecord> runs) {
    return new ResultsMaker(List.copyOf(runs)).make();
  }

  private Results make() {
    List<TestenvRow> testenvs = testenvs();
    List<SuiteRow> suites = suites();
    SortedMap<Account, Totals> totals = new TreeMap<>();
    for (RunRecord run : runs) {
      totals.computeIfAbsent(run.account(), account -> totals(account, testenvs, suites));
    }
    return new Results(runs, totals, testenvs, suites);
  }

  private static Totals totals(Account account, List<TestenvRow> testenvs, List<SuiteRow> suites) {
    return new Totals(
        counted(
            testenvs.stream()
                .flatMap(row -> Stream.ofNullable(row.cells().get(account)))
                .map(TestenvCell::verdict)),
        counted(
            suites.stream()
                .flatMap(row -> Stream.ofNullable(row.cells().get(account)))
                .map(SuiteCell::verdict)));
  }

  private static Map<Verdict, Integer> counted(Stream<Verdict> verdicts) {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    verdicts.forEach(one -> counts.merge(one, 1, Integer::sum));
    return counts;
  }

  private List<TestenvRow> testenvs() {
    TreeSet<String> names = new TreeSet<>();
    for (RunRecord run : runs) {
      run.setUps().forEach(setUp -> names.add(setUp.testenv()));
      run.suites().forEach(suite -> names.add(suite.testenv()));
    }
    names.remove(TestenvChoice.NONE);
    return names.stream()
        .map(
            name -> {
              Map<Account, TestenvCell> cells = new EnumMap<>(Account.class);
              for (RunRecord run : runs) {
                testenv(name, run.account()).ifPresent(cell -> cells.put(run.account(), cell));
              }
              return new TestenvRow(name, cells);
            })
        .toList();
  }

  private Optional<TestenvCell> testenv(String name, Account account) {
    List<Ready> ready = setUps(account, Ready.class, one -> one.testenv().equals(name));
    List<Failed> failed = setUps(account, Failed.class, one -> one.testenv().equals(name));
    if (!ready.isEmpty()) {
      return Optional.of(
          new TestenvCell(
              Verdict.PASSED,
              median(ready.stream().filter(one -> !one.fromSnapshot()).map(Ready::took)),
              median(ready.stream().filter(Ready::fromSnapshot).map(Ready::took)),
              failed.size(),
              ""));
    }
    if (!failed.isEmpty()) {
      return Optional.of(never(Verdict.FAILED, failed.size(), failed.getFirst().reason()));
    }
    return neverTried(name, account);
  }

  /** What its suites tell of a testenv whose set-up never began. */
  private Optional<TestenvCell> neverTried(String name, Account account) {
    List<SuiteEnd> suites = ends(account, suite -> suite.testenv().equals(name));
    Optional<SuiteEnd> tried =
        suites.stream().filter(suite -> suite.verdict() != Verdict.SKIPPED).findFirst();
    return tried
        .or(() -> suites.stream().findFirst())
        .map(
            suite ->
                suite.verdict() == Verdict.SKIPPED
                    ? never(Verdict.SKIPPED, 0, suite.reason())
                    // What it needs failed.
                    : never(Verdict.FAILED, 1, suite.reason()));
  }

  private static TestenvCell never(Verdict verdict, int failures, String reason) {
    return new TestenvCell(verdict, Optional.empty(), Optional.empty(), failures, reason);
  }

  private <T> List<T> setUps(Account account, Class<T> kind, Predicate<T> wanted) {
    return ofAccount(account)
        .flatMap(run -> run.setUps().stream())
        .filter(kind::isInstance)
        .map(kind::cast)
        .filter(wanted)
        .toList();
  }

  private List<SuiteEnd> ends(Account account, Predicate<SuiteEnd> wanted) {
    return ofAccount(account).flatMap(run -> run.suites().stream()).filter(wanted).toList();
  }

  private Stream<RunRecord> ofAccount(Account account) {
    return runs.stream().filter(run -> run.account() == account);
  }

  private static Optional<Duration> median(Stream<Duration> times) {
    List<Duration> sorted = times.sorted().toList();
    int size = sorted.size();
    return size == 0
        ? Optional.empty()
        : Optional.of(sorted.get((size - 1) / 2).plus(sorted.get(size / 2)).dividedBy(2));
  }

  private List<SuiteRow> suites() {
    Map<String, Map<Account, List<SuiteEnd>>> all = new LinkedHashMap<>();
    for (RunRecord run : runs) {
      for (SuiteEnd suite : run.suites()) {
        all.computeIfAbsent(suite.name(), _ -> new EnumMap<>(Account.class))
            .computeIfAbsent(run.account(), _ -> new ArrayList<>())
            .add(suite);
      }
    }
    return all.values().stream()
        .map(ResultsMaker::suite)
        .sorted(Comparator.comparing(SuiteRow::testenv))
        .toList();
  }

  private static SuiteRow suite(Map<Account, List<SuiteEnd>> byAccount) {
    List<SuiteEnd> all = byAccount.values().stream().flatMap(List::stream).toList();
    List<SuiteEnd> ran = all.stream().filter(one -> one.verdict() != Verdict.SKIPPED).toList();
    Map<Account, SuiteCell> cells = new EnumMap<>(Account.class);
    byAccount.forEach((account, ends) -> cells.put(account, cell(ends)));
    return new SuiteRow(
        all.getFirst().testenv(),
        all.getFirst().name(),
        new Range(
            ran.stream().mapToInt(one -> one.counts().of(Outcome.SUCCESS)).min().orElse(0),
            ran.stream().mapToInt(one -> one.counts().of(Outcome.SUCCESS)).max().orElse(0)),
        ran.stream().mapToInt(one -> one.counts().of(Outcome.SKIP)).max().orElse(0),
        knownFailures(ran),
        cells);
  }

  /** Each test once, in however many runs it failed. */
  private static List<KnownFailure> knownFailures(List<SuiteEnd> ends) {
    Map<String, String> reasons = new LinkedHashMap<>();
    ends.forEach(end -> reasons.putAll(end.knownFailures()));
    Map<String, Integer> counts = new LinkedHashMap<>();
    reasons.values().forEach(reason -> counts.merge(reason, 1, Integer::sum));
    return counts.entrySet().stream()
        .map(entry -> new KnownFailure(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static SuiteCell cell(List<SuiteEnd> ends) {
    List<SuiteEnd> ran = ends.stream().filter(one -> one.verdict() != Verdict.SKIPPED).toList();
    if (ran.isEmpty()) {
      return new SuiteCell(Verdict.SKIPPED, ends.size(), 0, ends.getFirst().reason());
    }
    List<SuiteEnd> failed = ran.stream().filter(one -> one.verdict() == Verdict.FAILED).toList();
    return failed.isEmpty()
        ? new SuiteCell(Verdict.PASSED, ran.size(), 0, "")
        : new SuiteCell(Verdict.FAILED, ran.size(), failed.size(), failed.getFirst().reason());
  }
}
