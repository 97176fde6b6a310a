package dev.warren.selftest.choice;

import dev.warren.lab.source.BadInputException;
import dev.warren.selftest.plan.PlanRules;
import dev.warren.selftest.plan.SambaPlanReader;
import dev.warren.selftest.plan.Suite;
import java.util.ArrayList;
import java.util.List;

/** Suites for tests. */
final class Suites {
  private Suites() {}

  /** One for each name; the testenv stands in brackets at its end, as in Samba's plan. */
  static List<Suite> named(String... names) throws BadInputException {
    StringBuilder plan = new StringBuilder();
    for (String name : names) {
      plan.append("-- TEST --\n%s\n%s\ntrue\n".formatted(name, testenv(name)));
    }
    return parse(plan.toString());
  }

  /** One that can run single tests, whose ids are made as Samba makes them. */
  static String loadList(String name) {
    String testenv = testenv(name);
    String prefix = name.replaceFirst("\\([^()]*\\)$", "");
    String filter =
        "| filter-subunit --prefix=\"%s.\" --suffix=\"(%s)\"".formatted(prefix, testenv);
    return "-- TEST-LOADLIST --\n%s\n%s\nls %s --list\nrun $LOADLIST %s\n"
        .formatted(name, testenv, filter, filter);
  }

  static List<Suite> parse(String plan) throws BadInputException {
    return SambaPlanReader.parse("plan", plan, PlanRules.FORMAT_ONLY).suites();
  }

  static List<String> names(List<Suite> suites) {
    return new ArrayList<>(suites.stream().map(Suite::name).toList());
  }

  private static String testenv(String name) {
    int start = name.lastIndexOf('(');
    return start < 0 ? "none" : name.substring(start + 1, name.length() - 1);
  }
}
