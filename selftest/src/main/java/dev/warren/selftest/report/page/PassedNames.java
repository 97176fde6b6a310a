package dev.warren.selftest.report.page;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The names of the tests of a suite that passed: nearly all that there are in a run, so what all of
 * a suite have in common is there once.
 *
 * @param start how all of them begin
 * @param end how all of them end
 * @param middles what is between, a text for each
 */
record PassedNames(String start, String end, List<String> middles) {

  static PassedNames of(List<String> names) {
    if (names.isEmpty()) {
      return new PassedNames("", "", List.of());
    }
    String first = names.getFirst();
    int start = first.length();
    for (String name : names) {
      start = Math.min(start, mismatch(first, name));
    }
    // Half of a pair is no text.
    if (start > 0 && Character.isHighSurrogate(first.charAt(start - 1))) {
      start--;
    }
    int end = first.length() - start;
    for (String name : names) {
      end = Math.min(end, sameAtEnd(first, name, start));
    }
    if (end > 0 && Character.isLowSurrogate(first.charAt(first.length() - end))) {
      end--;
    }
    int from = start;
    int most = end;
    return new PassedNames(
        first.substring(0, from),
        first.substring(first.length() - most),
        names.stream().map(name -> name.substring(from, name.length() - most)).toList());
  }

  /** The start, the end and all between, as the page's script takes them. */
  ArrayNode json() {
    ArrayNode row = JsonNodeFactory.instance.arrayNode();
    if (!middles.isEmpty()) {
      row.add(start).add(end);
      middles.forEach(row::add);
    }
    return row;
  }

  private static int mismatch(String a, String b) {
    int most = Math.min(a.length(), b.length());
    int same = 0;
    while (same < most && a.charAt(same) == b.charAt(same)) {
      same++;
    }
    return same;
  }

  private static int sameAtEnd(String a, String b, int start) {
    int most = Math.min(a.length(), b.length()) - start;
    int same = 0;
    while (same < most && a.charAt(a.length() - 1 - same) == b.charAt(b.length() - 1 - same)) {
      same++;
    }
    return same;
  }
}
