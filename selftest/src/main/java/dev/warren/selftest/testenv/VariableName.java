package dev.warren.selftest.testenv;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of a variable.
 *
 * @param testenv whose export is meant; empty for a variable of the testenv itself
 * @param name the name alone
 */
public record VariableName(Optional<String> testenv, String name) {

  static VariableName of(@Nullable String testenv, String name) {
    return new VariableName(Optional.ofNullable(testenv), name);
  }

  /** {@code NAME} or {@code TESTENV.NAME}. */
  @Override
  public String toString() {
    return testenv.map(owner -> owner + "." + name).orElse(name);
  }
}
