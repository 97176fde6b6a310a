package dev.warren.selftest.choice;

import dev.warren.selftest.plan.TestenvChoice;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses suites by their testenvs, as plans name them, before the colon.
 *
 * @param included the only ones; empty for all
 * @param excluded those left out; not asked when any are included
 */
public record TestenvFilter(Set<String> included, Set<String> excluded) {
  /** Takes every testenv. */
  public static final TestenvFilter ALL = new TestenvFilter(Set.of(), Set.of());

  /** Copies the sets. */
  public TestenvFilter {
    included = Set.copyOf(included);
    excluded = Set.copyOf(excluded);
  }

  /** Why a suite of this testenv is left out; empty when it is not. */
  public Optional<String> refusal(TestenvChoice choice) {
    String name = choice.testenv();
    if (!included.isEmpty()) {
      return included.contains(name)
          ? Optional.empty()
          : Optional.of("its testenv %s is not among those of --include-env".formatted(name));
    }
    return excluded.contains(name)
        ? Optional.of("its testenv %s is left out by --exclude-env".formatted(name))
        : Optional.empty();
  }

  /** All that were named. */
  Set<String> named() {
    return Stream.concat(included.stream(), excluded.stream()).collect(Collectors.toSet());
  }
}
