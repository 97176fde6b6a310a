package dev.warren.lab.source;

/**
 * A mistake in a file.
 *
 * @param position where it is
 * @param message what is wrong and, where known, what to write instead; one line
 */
public record Problem(Position position, String message) {

  /**
   * Puts a message that quotes several lines, or what a terminal would obey, into one plain line.
   */
  public Problem {
    message = message.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ");
  }

  /** {@code file:line:column: message}, as compilers print it. */
  @Override
  public String toString() {
    return position + ": " + message;
  }
}
