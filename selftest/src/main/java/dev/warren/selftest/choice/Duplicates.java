package dev.warren.selftest.choice;

import dev.warren.selftest.plan.Suite;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Suites of the same name, of which Samba's own plan has some. */
public final class Duplicates {
  private Duplicates() {}

  /** The suites with names that differ: a second one of a name gets {@code ~2} behind it. */
  public static List<Suite> numbered(List<Suite> suites) {
    Set<String> taken = new HashSet<>();
    suites.forEach(suite -> taken.add(suite.name()));
    Set<String> seen = new HashSet<>();
    List<Suite> result = new ArrayList<>();
    for (Suite suite : suites) {
      String name = suite.name();
      if (!seen.add(name)) {
        int number = 2;
        while (!taken.add("%s~%d".formatted(name, number))) {
          number++;
        }
        name = "%s~%d".formatted(name, number);
      }
      result.add(suite.withName(name));
    }
    return result;
  }
}
