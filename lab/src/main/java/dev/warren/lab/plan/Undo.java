package dev.warren.lab.plan;

import java.util.List;

/** Takes back what was made, the last first. */
final class Undo {
  private Undo() {}

  /** Closes all; our handles' close never fails, and if one did the others are closed still. */
  static void all(List<AutoCloseable> made) {
    for (AutoCloseable one : made.reversed()) {
      try {
        one.close();
      } catch (Exception failure) {
        throw new AssertionError("closing " + one + " failed", failure);
      }
    }
  }
}
