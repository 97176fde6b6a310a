package dev.warren.selftest.verdict;

import dev.warren.lab.source.Position;

/**
 * One line of a known-failures file.
 *
 * @param expression matched at the start of a test's full id, and free at its end
 * @param reason what stands behind the {@code #}; may be empty
 * @param position where it is written
 */
public record FailurePattern(PythonExpression expression, String reason, Position position) {

  /** Whether the pattern speaks of this test. */
  public boolean matches(String id) {
    return expression.matchesStart(id);
  }
}
