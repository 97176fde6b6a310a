package dev.warren.selftest.plan;

import dev.warren.lab.source.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of a plan: a command that reports the results of many tests.
 *
 * @param name unique in the plan
 * @param testenv what it runs against
 * @param command what it runs
 * @param listing the command that lists its tests, where there is one; such a suite can also run
 *     single tests
 * @param settings what else the plan says of it
 * @param tests the full ids of the only tests to run; empty for all
 * @param position where the plan names it
 * @param testenvPosition where the plan names its testenv
 */
public record Suite(
    String name,
    TestenvChoice testenv,
    SuiteCommand command,
    Optional<SuiteCommand> listing,
    SuiteSettings settings,
    List<String> tests,
    Position position,
    Position testenvPosition) {

  /** Copies the list. */
  public Suite {
    tests = List.copyOf(tests);
  }

  /** A suite with all its tests, whose testenv stands where its name does. */
  public Suite(
      String name,
      TestenvChoice testenv,
      SuiteCommand command,
      Optional<SuiteCommand> listing,
      SuiteSettings settings,
      Position position) {
    this(name, testenv, command, listing, settings, List.of(), position, position);
  }

  /** The same suite under another name. */
  public Suite withName(String other) {
    return new Suite(other, testenv, command, listing, settings, tests, position, testenvPosition);
  }

  /** The same suite with these tests of it only; with all when there are none. */
  public Suite withTests(List<String> ids) {
    return new Suite(name, testenv, command, listing, settings, ids, position, testenvPosition);
  }

  /**
   * The same suite as Samba's selftest ran it until 4.17: a bad exit code of its command is no
   * failure where a filter reads what it says of its tests.
   */
  public Suite withoutPipefail() {
    return new Suite(
        name,
        testenv,
        command.withoutPipefail(),
        listing,
        settings,
        tests,
        position,
        testenvPosition);
  }

  /** The same suite with a further variable, which wins over one of the same name. */
  public Suite withVariable(String variable, String value) {
    Map<String, String> variables = new HashMap<>(settings.variables());
    variables.put(variable, value);
    SuiteSettings other =
        new SuiteSettings(
            settings.format(), settings.limit(), settings.directory(), variables, settings.tags());
    return new Suite(name, testenv, command, listing, other, tests, position, testenvPosition);
  }
}
