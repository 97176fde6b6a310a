package dev.warren.lab.source;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A single value: text, a number, a switch, or nothing.
 *
 * @param position where it starts: the first character, the quote, or the {@code |} of a block
 * @param value the text, after quotes, escapes and folding are resolved
 * @param style how it is written
 * @param indent of a {@link Style#LITERAL} block: how many columns its lines are indented by in the
 *     file; otherwise 0
 */
public record ScalarNode(Position position, String value, Style style, int indent)
    implements YamlNode {

  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,18}");

  /** How a scalar is written. */
  public enum Style {
    /** Without quotes. */
    PLAIN,
    /** In single or double quotes. */
    QUOTED,
    /** A block after {@code |}, line for line. */
    LITERAL,
    /** A block after {@code >}, its lines joined. */
    FOLDED
  }

  /** Whether there is no value: nothing behind the key, {@code null} or {@code ~}. */
  public boolean isNull() {
    return style == Style.PLAIN
        && switch (value) {
          case "", "~", "null", "Null", "NULL" -> true;
          default -> false;
        };
  }

  /** The text, whatever it looks like ({@code 0644} is text too); reports a missing value. */
  public Optional<String> text(Problems problems) {
    if (isNull()) {
      problems.add(this, "a text is expected, but there is no value");
      return Optional.empty();
    }
    return Optional.of(value);
  }

  /** A whole decimal number from {@code least} to {@code most}; reports anything else. */
  public OptionalInt integer(int least, int most, Problems problems) {
    if (style == Style.PLAIN && INTEGER.matcher(value).matches()) {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return OptionalInt.of((int) number);
      }
      problems.add(this, "%s is out of range: %d to %d".formatted(value, least, most));
    } else {
      problems.add(this, "a whole number is expected, but this is " + words());
    }
    return OptionalInt.empty();
  }

  /** {@code true} or {@code false} (YAML 1.2: {@code yes} is text); reports anything else. */
  public Optional<Boolean> flag(Problems problems) {
    if (style == Style.PLAIN) {
      switch (value) {
        case "true", "True", "TRUE" -> {
          return Optional.of(true);
        }
        case "false", "False", "FALSE" -> {
          return Optional.of(false);
        }
        default -> {}
      }
    }
    problems.add(this, "true or false is expected, but this is " + words());
    return Optional.empty();
  }

  /** A time like {@code 500ms}, {@code 60s}, {@code 2m}, {@code 1h}; reports anything else. */
  public Optional<Duration> duration(Problems problems) {
    Optional<Duration> duration = Durations.parse(value);
    if (duration.isEmpty()) {
      problems.add(this, "a time like 500ms, 60s, 2m or 1h is expected, but this is " + words());
    }
    return duration;
  }

  /**
   * Where a character of {@link #value()} stands in the file: exact in literal blocks and in plain
   * or quoted scalars on one line without escapes, the scalar's start in all others.
   *
   * @param offset index into the value, in UTF-16 units
   */
  public Position positionOf(int offset) {
    String before = value.substring(0, offset);
    int lines = (int) before.chars().filter(c -> c == '\n').count();
    int column = before.codePointCount(before.lastIndexOf('\n') + 1, before.length());
    if (style == Style.LITERAL) {
      return new Position(position.file(), position.line() + 1 + lines, indent + column + 1);
    }
    if (lines > 0 || style == Style.FOLDED || position.line() == 0) {
      return position;
    }
    int quote = style == Style.QUOTED ? 1 : 0;
    return new Position(position.file(), position.line(), position.column() + quote + column);
  }

  @Override
  public String kind() {
    return isNull() ? "nothing" : "a single value";
  }

  /** The value for a message: shortened to one line. */
  String words() {
    if (isNull()) {
      return "missing";
    }
    String line = value.lines().findFirst().orElse("");
    boolean whole = line.length() == value.length() && line.length() <= 60;
    return '"' + (whole ? line : line.substring(0, Math.min(60, line.length())) + "...") + '"';
  }
}
