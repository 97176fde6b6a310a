package dev.warren.lab.source;

/**
 * A mistake in a file.
 *
 * @param position where it is
 * @param message what is wrong and, where known, what to write instead; one line
 */
public record Problem(Position position, String message) {

  /** {@code file:line:column: message}, as compilers print it. */
  @Override
  public String toString() {
    return position + ": " + message;
  }
}
