package dev.warren.selftest.verdict;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression in the syntax of Python's module {@code re}, matched at the start of a text
 * and free at its end, as {@code re.match} does it.
 *
 * <p>Source: the page "re" of Python's library reference, 3.11. What Java's {@link Pattern} reads
 * otherwise is translated; what it does not have is refused: conditions on groups, {@code \N}, and
 * the flags {@code a}, {@code L} and {@code x}. Immutable.
 */
public final class PythonExpression {
  /** Looks at the text after which a match is given up: where it would take seconds or for ever. */
  static final int MOST_LOOKS = 20_000_000;

  private final String source;
  private final String start;
  private final Pattern pattern;

  private PythonExpression(String source, String start, Pattern pattern) {
    this.source = source;
    this.start = start;
    this.pattern = pattern;
  }

  /**
   * Reads an expression.
   *
   * @throws PatternSyntaxException when Python would refuse it, or when Java has nothing like it
   */
  public static PythonExpression compile(String expression) {
    PythonExpressionTranslator.Translation translation =
        new PythonExpressionTranslator(expression).translate();
    try {
      // Of the line ends that Java knows Python knows one.
      Pattern pattern = Pattern.compile(translation.java(), Pattern.UNIX_LINES);
      return new PythonExpression(expression, translation.literalStart(), pattern);
    } catch (PatternSyntaxException e) {
      // Its index is one in the translation.
      throw new PatternSyntaxException(e.getDescription(), expression, -1);
    } catch (StackOverflowError e) {
      throw new PatternSyntaxException("it is nested too deeply", expression, -1);
    }
  }

  /**
   * Whether the expression matches at the start of a text. An expression that would take for ever
   * (it tries again and again in ever more ways) does not match.
   */
  public boolean matchesStart(String text) {
    if (!text.startsWith(start)) {
      return false;
    }
    try {
      return pattern.matcher(new Watched(text, new AtomicInteger(MOST_LOOKS))).lookingAt();
    } catch (TooLong | StackOverflowError e) {
      return false;
    }
  }

  /** The expression as it was written. */
  @Override
  public String toString() {
    return source;
  }

  /** Text that counts how often it is looked at: a matcher cannot be stopped otherwise. */
  private record Watched(String text, AtomicInteger looksLeft) implements CharSequence {
    @Override
    public char charAt(int index) {
      if (looksLeft.decrementAndGet() < 0) {
        throw new TooLong();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Watched(text.substring(start, end), looksLeft);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooLong() {
      super(null, null, false, false);
    }
  }
}
