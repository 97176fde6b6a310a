package dev.warren.selftest.report.table;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What became of testenvs and suites in several runs.
 *
 * @param runs what was made a table of
 * @param totals of each account that made a run
 * @param testenvs by name
 * @param suites by testenv, and of one as they came first
 */
public record Results(
    List<RunRecord> runs,
    SortedMap<Account, Totals> totals,
    List<TestenvRow> testenvs,
    List<SuiteRow> suites) {

  /** Copies the lists. */
  public Results {
    runs = List.copyOf(runs);
    testenvs = List.copyOf(testenvs);
    suites = List.copyOf(suites);
  }

  /**
   * How many there are of what.
   *
   * @param testenvs by whether they come up
   * @param suites by how they ended
   */
  public record Totals(Map<Verdict, Integer> testenvs, Map<Verdict, Integer> suites) {
    /** Copies the maps. */
    public Totals {
      testenvs = Map.copyOf(testenvs);
      suites = Map.copyOf(suites);
    }
  }

  /** A testenv, as it was seen by each account that had to do with it. */
  public record TestenvRow(String name, Map<Account, TestenvCell> cells) {
    /** Copies the map. */
    public TestenvRow {
      cells = copy(cells);
    }
  }

  /**
   * A testenv in the runs of one account.
   *
   * @param verdict whether it comes up
   * @param cold the median time of its set-up, where it was set up
   * @param fromSnapshot the same from its snapshot
   * @param failures how often it failed or died
   * @param reason why it never came up
   */
  public record TestenvCell(
      Verdict verdict,
      Optional<Duration> cold,
      Optional<Duration> fromSnapshot,
      int failures,
      String reason) {}

  /**
   * A suite, as it ended for each account that ran it.
   *
   * @param passed how many of its tests passed, in the runs where that were fewest and most
   * @param skipped how many of its tests were skipped at most
   * @param knownFailures reasons for which tests of it failed as expected
   */
  public record SuiteRow(
      String testenv,
      String name,
      Range passed,
      int skipped,
      List<KnownFailure> knownFailures,
      Map<Account, SuiteCell> cells) {
    /** Copies the list and the map. */
    public SuiteRow {
      knownFailures = List.copyOf(knownFailures);
      cells = copy(cells);
    }
  }

  /** Numbers, both ends included. */
  public record Range(int least, int most) {}

  /** How many tests of a suite failed for a reason that is known. */
  public record KnownFailure(String reason, int tests) {}

  /**
   * A suite in the runs of one account.
   *
   * @param runs how many runs it was in; where it ran in some, only these count
   * @param failed in how many of them it failed
   * @param reason why it failed first, or was left out
   */
  public record SuiteCell(Verdict verdict, int runs, int failed, String reason) {}

  private static <V> Map<Account, V> copy(Map<Account, V> map) {
    Map<Account, V> copy = new EnumMap<>(Account.class);
    copy.putAll(map);
    return java.util.Collections.unmodifiableMap(copy);
  }
}
