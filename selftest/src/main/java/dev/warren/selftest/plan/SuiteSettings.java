package dev.warren.selftest.plan;

import dev.warren.selftest.results.ResultFormat;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a plan may say of a suite besides its command.
 *
 * @param format how the command says what became of its tests
 * @param limit how long the suite may take; empty for what the run allows
 * @param directory where the command runs, from the suite's own folder on; empty for that folder
 * @param variables further variables of its environment, which win over all others
 * @param tags words by which it can be chosen
 */
public record SuiteSettings(
    ResultFormat format,
    Optional<Duration> limit,
    Optional<String> directory,
    Map<String, String> variables,
    Set<String> tags) {
  /** As a plan of Samba's has it. */
  public static final SuiteSettings USUAL =
      new SuiteSettings(
          ResultFormat.SUBUNIT, Optional.empty(), Optional.empty(), Map.of(), Set.of());

  /** Copies the collections. */
  public SuiteSettings {
    variables = Map.copyOf(variables);
    tags = Set.copyOf(tags);
  }
}
