package dev.warren.selftest.plan;

import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.Spelling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds suites against the rules of a plan, whatever format it was in. */
public final class PlanCheck {
  private PlanCheck() {}

  /** Reports what the rules do not allow. A testenv that is not known is reported once. */
  public static void check(List<Suite> suites, PlanRules rules, Problems problems) {
    rules.testenvs().ifPresent(known -> testenvs(suites, known, problems));
    if (!rules.duplicatesAllowed()) {
      duplicates(suites, problems);
    }
  }

  private static void testenvs(List<Suite> suites, Set<String> known, Problems problems) {
    Map<String, List<Suite>> unknown = new LinkedHashMap<>();
    for (Suite suite : suites) {
      String name = suite.testenv().testenv();
      if (!suite.testenv().isNone() && !known.contains(name)) {
        unknown.computeIfAbsent(name, _ -> new ArrayList<>()).add(suite);
      }
    }
    unknown.forEach(
        (name, needing) ->
            problems.add(
                needing.getFirst().testenvPosition(),
                "unknown testenv \"%s\"%s%s"
                    .formatted(
                        name,
                        needing.size() == 1 ? "" : " of %d suites".formatted(needing.size()),
                        Spelling.hint(name, known))));
  }

  private static void duplicates(List<Suite> suites, Problems problems) {
    Map<String, Suite> byName = new HashMap<>();
    for (Suite suite : suites) {
      Suite first = byName.putIfAbsent(suite.name(), suite);
      if (first != null) {
        problems.add(
            suite.position(),
            "the suite \"%s\" is there twice: first %s"
                .formatted(suite.name(), place(first.position(), suite.position().file())));
      }
    }
  }

  private static String place(Position position, String file) {
    String line = "in line " + position.line();
    return position.file().equals(file) ? line : line + " of " + position.file();
  }
}
