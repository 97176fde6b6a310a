package dev.warren.lab.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What was done of a list of operations so far, by any threads, and how it is taken back. */
final class Change {
  private final List<Undo> done = new ArrayList<>();
  private final List<String> lasting = new ArrayList<>();

  /** Carries out an operation. */
  void take(Operation operation, Step step) throws IOException {
    Undo undo;
    try {
      undo = step.take();
    } catch (IOException failure) {
      throw explained(operation, failure);
    }
    synchronized (this) {
      done.add(undo);
      if (operation.isLasting()) {
        lasting.add(operation.describe());
      }
    }
  }

  /** Takes back all that was done, the last first; what does not work is told with the reason. */
  synchronized void undo(Throwable reason) {
    Undo.all(done, reason);
  }

  /** A failure of an operation, with what it was and what stays done. */
  synchronized IOException explained(Operation operation, IOException failure) {
    String rest = lasting.isEmpty() ? "" : " (this stays done: " + String.join("; ", lasting) + ")";
    return new IOException(operation.describe() + ": " + Reasons.of(failure) + rest, failure);
  }
}
