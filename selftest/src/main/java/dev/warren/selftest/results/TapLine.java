package dev.warren.selftest.results;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of TAP, freed of its indentation. */
sealed interface TapLine {

  /** {@code TAP version 14} or {@code pragma +strict}: nothing follows from it. */
  record Preamble() implements TapLine {}

  /** {@code 1..5}, or {@code 1..0 # skip why}. */
  record Plan(int count, Optional<String> comment) implements TapLine {}

  /** {@code not ok 3 - does this # TODO why}. */
  record Point(
      boolean ok,
      Optional<Integer> number,
      String description,
      Directive directive,
      Optional<String> reason)
      implements TapLine {}

  /** {@code Bail out! why}. */
  record BailOut(Optional<String> reason) implements TapLine {}

  /** {@code # Subtest: name}. */
  record Subtest(String name) implements TapLine {}

  /** {@code # anything}. */
  record Comment(String text) implements TapLine {}

  /** Anything else. */
  record Other() implements TapLine {}

  /** What excuses a test. */
  enum Directive {
    NONE,
    TODO,
    SKIP
  }

  Pattern PREAMBLE = Pattern.compile("TAP version \\d+\\s*|pragma [+-]\\S+\\s*");
  Pattern PLAN = Pattern.compile("1\\.\\.(\\d{1,9})\\s*(?:#(.*))?");
  Pattern POINT = Pattern.compile("(not )?ok(?:\\s+(\\d{1,9}))?(?:\\s+(.*))?");
  Pattern DIRECTIVE = Pattern.compile("\\s*(todo|skip\\S*)(?:\\s+(.*))?", Pattern.CASE_INSENSITIVE);
  Pattern SUBTEST = Pattern.compile("#\\s*Subtest(?::\\s*(.*))?");

  /** Reads a line. */
  static TapLine of(String line) {
    if (line.startsWith("#")) {
      Matcher subtest = SUBTEST.matcher(line);
      return subtest.matches()
          ? new Subtest(Optional.ofNullable(subtest.group(1)).orElse("").strip())
          : new Comment(line.substring(1).strip());
    }
    if (line.regionMatches(true, 0, "Bail out!", 0, "Bail out!".length())) {
      return new BailOut(some(line.substring("Bail out!".length())));
    }
    Matcher plan = PLAN.matcher(line);
    if (plan.matches()) {
      return new Plan(
          Integer.parseInt(plan.group(1)),
          Optional.ofNullable(plan.group(2)).flatMap(TapLine::some));
    }
    Matcher point = POINT.matcher(line);
    if (point.matches()) {
      return point(point);
    }
    return PREAMBLE.matcher(line).matches() ? new Preamble() : new Other();
  }

  private static Point point(Matcher point) {
    String text = Optional.ofNullable(point.group(3)).orElse("");
    Directive directive = Directive.NONE;
    Optional<String> reason = Optional.empty();
    int hash = hash(text);
    if (hash >= 0) {
      Matcher words = DIRECTIVE.matcher(text.substring(hash + 1));
      if (words.matches()) {
        directive =
            words.group(1).toLowerCase(Locale.ROOT).equals("todo")
                ? Directive.TODO
                : Directive.SKIP;
        reason = Optional.ofNullable(words.group(2)).flatMap(TapLine::some);
        text = text.substring(0, hash);
      }
    }
    String description = text.strip();
    if (description.startsWith("- ") || description.equals("-")) {
      description = description.substring(1);
    }
    return new Point(
        point.group(1) == null,
        Optional.ofNullable(point.group(2)).map(Integer::valueOf),
        unescaped(description).strip(),
        directive,
        reason);
  }

  /** Where a directive may begin: at a hash that is not escaped, with white space before it. */
  private static int hash(String text) {
    for (int i = text.indexOf('#'); i >= 0; i = text.indexOf('#', i + 1)) {
      if (i == 0 || Character.isWhitespace(text.charAt(i - 1))) {
        return i;
      }
    }
    return -1;
  }

  private static String unescaped(String text) {
    return text.replaceAll("\\\\([#\\\\])", "$1");
  }

  private static Optional<String> some(String text) {
    return Optional.of(text.strip()).filter(rest -> !rest.isEmpty());
  }
}
