package dev.warren.lab.plan;

import java.io.IOException;
import java.util.List;

/** Takes back one step of a change. */
@FunctionalInterface
interface Undo {
  /** What is gone with the host that it was done to, or did nothing. */
  Undo NOTHING = () -> {};

  /** Takes it back. */
  void undo() throws IOException;

  /** Takes back all, the last first; each is tried, and what fails is told with the reason. */
  static void all(List<Undo> done, Throwable reason) {
    for (Undo one : done.reversed()) {
      try {
        one.undo();
      } catch (IOException | RuntimeException failure) {
        reason.addSuppressed(failure);
      }
    }
  }
}
