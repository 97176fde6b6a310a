package dev.warren.selftest.plan;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The suites of a run, in order.
 *
 * @param suites each name once, unless the reader was told otherwise
 */
public record Plan(List<Suite> suites) {

  /** Copies the list. */
  public Plan {
    suites = List.copyOf(suites);
  }

  /** The suites whose names a filter takes, in the same order. */
  public Plan only(NameFilter filter) {
    return new Plan(suites.stream().filter(suite -> filter.matches(suite.name())).toList());
  }

  /** The testenvs that the suites need, sorted; {@code none} is not one. */
  public Set<String> testenvs() {
    return suites.stream()
        .map(Suite::testenv)
        .filter(choice -> !choice.isNone())
        .map(TestenvChoice::testenv)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
