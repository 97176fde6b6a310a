package dev.warren.lab.software;

import java.io.IOException;

/** Software cannot be had. The message is one line: what was tried, why it failed, what to do. */
public final class SoftwareException extends IOException {
  private static final long serialVersionUID = 1L;

  SoftwareException(String message) {
    super(message);
  }

  SoftwareException(String message, Throwable cause) {
    super(message, cause);
  }
}
