package dev.warren.selftest.verdict;

import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** Reads the small parts of a regular expression of Python's: numbers, names, escapes. */
final class PythonCursor {
  private static final int END = -1;

  private final String source;
  private int at;

  PythonCursor(String source) {
    this.source = source;
  }

  boolean atEnd() {
    return at == source.length();
  }

  /** The next character, which stays; -1 at the end. */
  int peek() {
    return atEnd() ? END : source.codePointAt(at);
  }

  /** The next character. */
  int next() {
    return next("the end");
  }

  /** The next character; where there is none, this is the problem. */
  int next(String problem) {
    int c = peek();
    if (c == END) {
      throw problem(problem);
    }
    at += Character.charCount(c);
    return c;
  }

  PatternSyntaxException problem(String text) {
    return new PatternSyntaxException(text, source, Math.max(0, at - 1));
  }

  void skipTo(int end) {
    while (next("a comment is not closed") != end) {
      // It says nothing.
    }
  }

  /** A name and what ends it. */
  String name(int end) {
    int start = at;
    while (next("a name is not ended") != end) {
      // It is taken as a whole.
    }
    String name = source.substring(start, at - 1);
    if (name.isEmpty()
        || (!Character.isUnicodeIdentifierStart(name.codePointAt(0)) && name.charAt(0) != '_')
        || !name.codePoints().allMatch(Character::isUnicodeIdentifierPart)) {
      throw problem("\"%s\" is no name of a group".formatted(name));
    }
    return name;
  }

  /**
   * A quantifier of numbers whose opening bracket was read, as Java writes it; empty, with nothing
   * read, when it is none: the bracket stands for itself then.
   */
  Optional<String> counts() {
    int before = at;
    String low = digits(Integer.MAX_VALUE, 10);
    boolean comma = peek() == ',';
    if (comma) {
      next();
    }
    String high = comma ? digits(Integer.MAX_VALUE, 10) : low;
    if (peek() != '}' || (!comma && low.isEmpty())) {
      at = before;
      return Optional.empty();
    }
    next();
    return Optional.of("{%s,%s}".formatted(low.isEmpty() ? "0" : low, high));
  }

  private String digits(int most, int radix) {
    int start = at;
    while (at < source.length()
        && at - start < most
        && source.charAt(at) < 0x80
        && Character.digit(source.charAt(at), radix) >= 0) {
      at++;
    }
    return source.substring(start, at);
  }

  /**
   * Three octal digits, the first of which was read; empty, with nothing read, when there are less.
   */
  Optional<Integer> threeOctalDigits() {
    int before = --at;
    String digits = digits(3, 8);
    if (digits.length() < 3) {
      at = before + 1;
      return Optional.empty();
    }
    int value = Integer.parseInt(digits, 8);
    if (value > 0377) {
      throw problem("\\%s is beyond \\377".formatted(digits));
    }
    return Optional.of(value);
  }

  /** The number of a group, whose first digit was read: one digit or two. */
  int groupNumber() {
    at--;
    return Integer.parseInt(digits(2, 10));
  }

  /**
   * The character that an escape stands for, in brackets or outside.
   *
   * @param c what follows the backslash, and was read
   */
  int character(int c) {
    return switch (c) {
      case '0' -> octal();
      case 'a' -> 0x07;
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      case 'x' -> hex(2);
      case 'u' -> hex(4);
      case 'U' -> hex(8);
      default -> {
        if (c < 0x80 && Character.isLetterOrDigit(c)) {
          throw problem("\\%c is not supported".formatted(c));
        }
        yield c;
      }
    };
  }

  /** A character in up to three octal digits, the first of which was read. */
  int octal() {
    at--;
    int value = Integer.parseInt(digits(3, 8), 8);
    if (value > 0377) {
      throw problem("\\%o is beyond \\377".formatted(value));
    }
    return value;
  }

  private int hex(int count) {
    String digits = digits(count, 16);
    long value = digits.length() < count ? -1 : Long.parseLong(digits, 16);
    if (!Character.isValidCodePoint((int) Math.min(value, Integer.MAX_VALUE))) {
      throw problem("\"%s\" is no number of %d hexadecimal digits".formatted(digits, count));
    }
    return (int) value;
  }
}
