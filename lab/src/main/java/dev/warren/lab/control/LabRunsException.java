package dev.warren.lab.control;

import java.io.IOException;

/** A lab of that name runs already. */
public final class LabRunsException extends IOException {
  private static final long serialVersionUID = 1L;

  LabRunsException(String lab, ProcessIdentity supervisor) {
    super(
        "lab \"%s\" runs already (PID %d): end it with `warren down %s`, or start this one under another name (--name)"
            .formatted(lab, supervisor.pid(), lab));
  }
}
