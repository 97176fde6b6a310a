package dev.warren.selftest.plan;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The suites of a run, in order.
 *
 * @param suites each name once, unless the reader was told otherwise
 * @param skipped those that the run leaves out and tells of, with the reason
 */
public record Plan(List<Suite> suites, List<SkippedSuite> skipped) {

  /** Copies the lists. */
  public Plan {
    suites = List.copyOf(suites);
    skipped = List.copyOf(skipped);
  }

  /** A plan of which nothing is left out. */
  public Plan(List<Suite> suites) {
    this(suites, List.of());
  }

  /** The suites whose names a filter takes, in the same order. */
  public Plan only(NameFilter filter) {
    return new Plan(
        suites.stream().filter(suite -> filter.matches(suite.name())).toList(), skipped);
  }

  /**
   * The testenvs that the suites need, as they name them (by aliases too), sorted; {@code none} is
   * not one.
   */
  public Set<String> testenvs() {
    return suites.stream()
        .map(Suite::testenv)
        .filter(choice -> !choice.isNone())
        .map(TestenvChoice::testenv)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
