package dev.warren.selftest.verdict;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** Makes a regular expression of Java's of one of Python's, once. */
final class PythonExpressionTranslator {
  private static final String WORD = "\\p{L}\\p{N}_";
  private static final String DIGIT = "\\p{Nd}";
  private static final String SPACE =
      "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  private static final String BOUNDARY =
      "(?:(?<=[%1$s])(?![%1$s])|(?<![%1$s])(?=[%1$s]))".formatted(WORD);
  private static final String NO_BOUNDARY =
      "(?:(?<=[%1$s])(?=[%1$s])|(?<![%1$s])(?![%1$s]))".formatted(WORD);

  private final PythonCursor in;
  private final StringBuilder out = new StringBuilder();
  private final LiteralStart literal = new LiteralStart();

  /** The groups that are open, 0 for those that capture nothing. */
  private final Deque<Integer> open = new ArrayDeque<>();

  private final Map<String, Integer> names = new HashMap<>();
  private int groups;

  /** Whether a quantifier may come now, and why not. */
  private Optional<String> unrepeatable = Optional.of("nothing to repeat");

  private boolean flagsMayCome = true;

  /**
   * What came of it.
   *
   * @param java an expression of Java's, for {@link java.util.regex.Pattern#UNIX_LINES}
   * @param literalStart what each text begins with that matches; may be empty
   */
  record Translation(String java, String literalStart) {}

  PythonExpressionTranslator(String expression) {
    in = new PythonCursor(expression);
  }

  /**
   * The whole expression.
   *
   * @throws PatternSyntaxException when it is none, or has no equivalent
   */
  Translation translate() {
    while (!in.atEnd()) {
      one();
    }
    if (!open.isEmpty()) {
      throw in.problem("a group is not closed");
    }
    return new Translation(out.toString(), literal.text());
  }

  private void one() {
    int c = in.next();
    boolean flags = flagsMayCome;
    flagsMayCome = false;
    switch (c) {
      case '\\' -> escape();
      case '[' -> item(new PythonSet(in).translate());
      case '(' -> group(flags);
      case ')' -> close();
      case '|' -> {
        literal.alternative(open.isEmpty());
        anchor("|");
      }
      case '^' -> {
        literal.anchor();
        anchor("^");
      }
      case '$' -> {
        literal.end();
        anchor("$");
      }
      case '*', '+', '?' -> repeat(Character.toString(c));
      case '{' -> {
        Optional<String> counts = in.counts();
        if (counts.isPresent()) {
          repeat(counts.get());
        } else {
          literal('{');
        }
      }
      case '.' -> item(".");
      default -> literal(c);
    }
  }

  /** Something that stands for characters. */
  private void item(String java) {
    literal.end();
    out.append(java);
    unrepeatable = Optional.empty();
  }

  /** Something that stands for a place between characters. */
  private void anchor(String java) {
    out.append(java);
    unrepeatable = Optional.of("nothing to repeat");
  }

  private void literal(int codePoint) {
    if (open.isEmpty()) {
      literal.add(codePoint);
    }
    out.append(quoted(codePoint));
    unrepeatable = Optional.empty();
  }

  static String quoted(int codePoint) {
    return Character.isLetterOrDigit(codePoint) && codePoint < 0x80
        ? Character.toString(codePoint)
        : "\\x{%x}".formatted(codePoint);
  }

  private void repeat(String quantifier) {
    unrepeatable.ifPresent(
        why -> {
          throw in.problem(why);
        });
    literal.repeated();
    out.append(quantifier);
    // Lazy, or, since Python 3.11, possessive.
    if (in.peek() == '?' || in.peek() == '+') {
      out.append((char) in.next());
    }
    unrepeatable = Optional.of("multiple repeat");
  }

  private void escape() {
    int c = in.next("an escape at the end");
    switch (c) {
      case 'A' -> {
        literal.anchor();
        anchor("\\A");
      }
      case 'Z' -> {
        literal.end();
        anchor("\\z");
      }
      case 'b' -> {
        literal.end();
        anchor(BOUNDARY);
      }
      case 'B' -> {
        literal.end();
        anchor(NO_BOUNDARY);
      }
      case 'd', 'D', 's', 'S', 'w', 'W' ->
          item((Character.isUpperCase(c) ? "[^" : "[") + inSet(c) + "]");
      case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> digits();
      default -> literal(in.character(c));
    }
  }

  /** What stands inside of brackets for a category: the letter in either case. */
  static String inSet(int category) {
    return switch (Character.toLowerCase(category)) {
      case 'd' -> DIGIT;
      case 's' -> SPACE;
      default -> WORD;
    };
  }

  /** Three octal digits are a character, everything else refers to a group. */
  private void digits() {
    Optional<Integer> octal = in.threeOctalDigits();
    if (octal.isPresent()) {
      literal(octal.get());
    } else {
      reference(in.groupNumber());
    }
  }

  private void reference(int group) {
    if (group > groups) {
      throw in.problem("there is no group %d before".formatted(group));
    }
    if (open.contains(group)) {
      throw in.problem("group %d is still open".formatted(group));
    }
    // In a group, so that a digit behind it is none of its own.
    item("(?:\\" + group + ")");
  }

  private void close() {
    if (open.isEmpty()) {
      throw in.problem("a bracket closes no group");
    }
    open.pop();
    item(")");
  }

  private void group(boolean flagsMayCome) {
    if (in.peek() != '?') {
      open("(", ++groups);
      return;
    }
    in.next();
    int kind = in.next("a group that ends at once");
    switch (kind) {
      case ':', '=', '!', '>' -> open("(?" + (char) kind, 0);
      case '<' -> {
        int direction = in.next("a group that ends at once");
        if (direction != '=' && direction != '!') {
          throw in.problem("(?<%c is none of Python's".formatted(direction));
        }
        open("(?<" + (char) direction, 0);
      }
      case 'P' -> named();
      case '#' -> {
        in.skipTo(')');
        this.flagsMayCome = flagsMayCome;
      }
      case '(' -> throw in.problem("conditions on groups are not supported");
      default -> flags(kind, flagsMayCome);
    }
  }

  private void open(String java, int group) {
    open.push(group);
    literal.end();
    anchor(java);
  }

  private void named() {
    int kind = in.next("a group that ends at once");
    if (kind == '<') {
      String name = in.name('>');
      if (names.putIfAbsent(name, groups + 1) != null) {
        throw in.problem("there is another group %s".formatted(name));
      }
      open("(", ++groups);
    } else if (kind == '=') {
      String name = in.name(')');
      Integer group = names.get(name);
      if (group == null) {
        throw in.problem("there is no group %s before".formatted(name));
      }
      reference(group);
    } else {
      throw in.problem("(?P%c is none of Python's".formatted(kind));
    }
  }

  private void flags(int first, boolean allowed) {
    StringBuilder on = new StringBuilder();
    StringBuilder off = new StringBuilder();
    StringBuilder current = on;
    int c = first;
    while (c != ')' && c != ':') {
      switch (c) {
        case '-' -> current = off;
        case 'i' -> current.append(current == on ? "iu" : "i");
        case 'm', 's' -> current.append((char) c);
        case 'u' -> {}
        case 'a', 'L', 'x' -> throw in.problem("the flag %c is not supported".formatted(c));
        default -> throw in.problem("(?%c is none of Python's".formatted(c));
      }
      c = in.next("flags at the end");
    }
    String java = on + (off.isEmpty() ? "" : "-" + off);
    if (c == ':') {
      open("(?" + java + ":", 0);
    } else if (!allowed || current == off) {
      throw in.problem("flags for the whole expression stand at its start");
    } else {
      // In any case: what begins alike need not be alike then.
      if (java.contains("i")) {
        literal.alternative(true);
      }
      out.append(java.isEmpty() ? "" : "(?" + java + ")");
      flagsMayCome = true;
    }
  }
}
