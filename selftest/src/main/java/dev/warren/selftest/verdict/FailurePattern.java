package dev.warren.selftest.verdict;

import dev.warren.lab.source.Position;
import java.util.regex.Pattern;

/**
 * One line of a known-failures file.
 *
 * @param pattern matched at the start of a test's full id, and free at its end
 * @param reason what stands behind the {@code #}; may be empty
 * @param position where it is written
 */
public record FailurePattern(Pattern pattern, String reason, Position position) {

  /** Whether the pattern speaks of this test. */
  public boolean matches(String id) {
    return pattern.matcher(id).lookingAt();
  }
}
