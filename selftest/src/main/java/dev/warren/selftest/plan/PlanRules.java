package dev.warren.selftest.plan;

import java.util.Optional;
import java.util.Set;

/**
 * What a plan must keep to besides its format.
 *
 * @param testenvs the testenvs that there are; empty when any name will do
 * @param duplicatesAllowed whether a suite may be there twice, as some are in Samba's own plan
 */
public record PlanRules(Optional<Set<String>> testenvs, boolean duplicatesAllowed) {

  /** The format and nothing else. */
  public static final PlanRules FORMAT_ONLY = new PlanRules(Optional.empty(), true);

  /** Only these testenvs, and each suite once. */
  public static PlanRules strict(Set<String> testenvs) {
    return new PlanRules(Optional.of(Set.copyOf(testenvs)), false);
  }
}
