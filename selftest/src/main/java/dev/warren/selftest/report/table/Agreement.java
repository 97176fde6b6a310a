package dev.warren.selftest.report.table;

import dev.warren.selftest.report.compare.RunOutcomes.Ending;
import dev.warren.selftest.verdict.FailurePattern;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * How far Warren and another harness come to the same verdict on the same suites: whether the suite
 * passes, known failures included, or fails.
 *
 * @param testenvs how many suites ran in both, by testenv
 * @param tests of all tests of these suites
 * @param differences the suites on which the verdicts differ, by testenv
 * @param onlyOurs how many suites ran here alone
 * @param onlyTheirs how many suites ran there alone
 * @param idle reasons that speak of suites on which the verdicts are the same
 */
public record Agreement(
    SortedMap<String, Share> testenvs,
    Share tests,
    List<Difference> differences,
    int onlyOurs,
    int onlyTheirs,
    List<FailurePattern> idle) {
  /** Copies the lists. */
  public Agreement {
    differences = List.copyOf(differences);
    idle = List.copyOf(idle);
  }

  /** So many, of which the verdict on so many is the same. */
  public record Share(int same, int all) {
    static Share of(boolean equal) {
      return new Share(equal ? 1 : 0, 1);
    }

    Share plus(Share other) {
      return new Share(same + other.same, all + other.all);
    }
  }

  /**
   * A suite on which the verdicts differ.
   *
   * @param tests its tests that end well in one harness and badly, or not at all, in the other
   * @param reason why; empty where it is not known
   */
  public record Difference(
      String suite,
      String testenv,
      Ending theirs,
      Ending ours,
      List<String> tests,
      Optional<String> reason) {
    /** Copies the list. */
    public Difference {
      tests = List.copyOf(tests);
    }
  }

  /** All suites that ran in both. */
  public Share suites() {
    return testenvs.values().stream().reduce(new Share(0, 0), Share::plus);
  }

  /** How many differences nobody has explained. */
  public long unexplained() {
    return differences.stream().filter(one -> one.reason().isEmpty()).count();
  }
}
