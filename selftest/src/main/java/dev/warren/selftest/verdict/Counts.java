package dev.warren.selftest.verdict;

import dev.warren.selftest.subunit.Outcome;
import java.util.EnumMap;
import java.util.Map;

/** How many tests ended how. Immutable. */
public record Counts(Map<Outcome, Integer> byOutcome) {

  /** No test yet. */
  public static final Counts NONE = new Counts(Map.of());

  /** Copies the map. */
  public Counts {
    byOutcome = Map.copyOf(byOutcome);
  }

  /** The number of tests with this outcome. */
  public int of(Outcome outcome) {
    return byOutcome.getOrDefault(outcome, 0);
  }

  /** The number of all tests. */
  public int total() {
    return byOutcome.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The tests that went as they should: passed, or failed as expected. */
  public int asExpected() {
    return of(Outcome.SUCCESS) + of(Outcome.XFAIL);
  }

  /** The tests that make a run fail. */
  public int bad() {
    return of(Outcome.FAILURE) + of(Outcome.ERROR) + of(Outcome.UXSUCCESS);
  }

  /** These and one more. */
  public Counts plus(Outcome outcome) {
    return plus(new Counts(Map.of(outcome, 1)));
  }

  /** These and those. */
  public Counts plus(Counts others) {
    Map<Outcome, Integer> sum = new EnumMap<>(Outcome.class);
    sum.putAll(byOutcome);
    others.byOutcome.forEach((outcome, count) -> sum.merge(outcome, count, Integer::sum));
    return new Counts(sum);
  }
}
