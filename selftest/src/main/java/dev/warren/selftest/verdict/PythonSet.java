package dev.warren.selftest.verdict;

import java.util.ArrayList;
import java.util.List;

/** Makes a set of characters of Java's of one of Python's, whose opening bracket was read. */
final class PythonSet {
  private static final String ANY = "[\\x{0}-\\x{10ffff}]";

  private final PythonCursor in;

  /** What Java writes in one pair of brackets. */
  private final StringBuilder members = new StringBuilder();

  /** Sets that are members as a whole: Java's own sets in sets mean something else when negated. */
  private final List<String> others = new ArrayList<>();

  PythonSet(PythonCursor in) {
    this.in = in;
  }

  String translate() {
    boolean negated = in.peek() == '^';
    if (negated) {
      in.next();
    }
    boolean first = true;
    while (first || in.peek() != ']') {
      first = false;
      member();
    }
    in.next();
    if (others.isEmpty()) {
      return (negated ? "[^" : "[") + members + "]";
    }
    if (!members.isEmpty()) {
      others.add("[" + members + "]");
    }
    String all = String.join("|", others);
    return negated ? "(?:(?!" + all + ")" + ANY + ")" : "(?:" + all + ")";
  }

  private void member() {
    int low = in.next("a set is not closed");
    boolean category = false;
    if (low == '\\') {
      low = in.next("a set is not closed");
      category = isCategory(low);
      if (!category) {
        low = escaped(low);
      }
    }
    if (in.peek() != '-') {
      add(low, low, category);
      return;
    }
    in.next();
    if (in.peek() == ']') {
      add(low, low, category);
      add('-', '-', false);
      return;
    }
    int high = in.next("a set is not closed");
    if (high == '\\') {
      high = in.next("a set is not closed");
      category |= isCategory(high);
      high = category ? high : escaped(high);
    }
    if (category || high < low) {
      throw in.problem("a range in a set goes from a character to a later one");
    }
    add(low, high, false);
  }

  private void add(int low, int high, boolean category) {
    if (!category) {
      members.append(PythonExpressionTranslator.quoted(low));
      if (high > low) {
        members.append('-').append(PythonExpressionTranslator.quoted(high));
      }
    } else if (Character.isUpperCase(low)) {
      others.add("[^" + PythonExpressionTranslator.inSet(low) + "]");
    } else {
      members.append(PythonExpressionTranslator.inSet(low));
    }
  }

  private static boolean isCategory(int c) {
    return "dDsSwW".indexOf(c) >= 0;
  }

  private int escaped(int c) {
    return switch (c) {
      case 'b' -> 0x08;
      case '1', '2', '3', '4', '5', '6', '7' -> in.octal();
      default -> in.character(c);
    };
  }
}
