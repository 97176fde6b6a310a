package dev.warren.selftest.verdict;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a verdict says which line of a list knows the failure: {@code known failure (PLACE): WHY}.
 */
public final class KnownFailureNote {
  private static final Pattern NOTE =
      Pattern.compile("known failure \\(.*?:\\d+(?::\\d+)?\\)(?:: (.*))?", Pattern.DOTALL);

  private KnownFailureNote() {}

  /** The note on a failure that a line knows. */
  static String of(FailurePattern pattern) {
    String reason = pattern.reason().isEmpty() ? "" : ": " + pattern.reason();
    return "known failure (" + pattern.position() + ")" + reason;
  }

  /** What stands behind the {@code #} of the line; empty where nothing does. */
  public static Optional<String> reason(String note) {
    Matcher parts = NOTE.matcher(note);
    return parts.matches() ? Optional.ofNullable(parts.group(1)) : Optional.empty();
  }
}
