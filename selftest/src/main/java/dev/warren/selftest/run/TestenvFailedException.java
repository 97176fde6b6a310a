package dev.warren.selftest.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A testenv could not be set up, or died. The first line of the message says which and why; the
 * last lines of the log follow.
 */
public final class TestenvFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String testenv;
  private final String reason;

  TestenvFailedException(String testenv, String reason, List<String> log) {
    super(message(reason, log));
    this.testenv = testenv;
    this.reason = message(reason, log);
  }

  private TestenvFailedException(TestenvFailedException other, String reason) {
    super(reason, other);
    this.testenv = other.testenv;
    this.reason = reason;
  }

  TestenvFailedException(String testenv, IOException cause) {
    super(Exits.words(cause), cause);
    this.testenv = testenv;
    this.reason = Exits.words(cause);
  }

  /** The testenv that failed; not one that needs it. */
  public String testenv() {
    return testenv;
  }

  /** The message. */
  public String reason() {
    return reason;
  }

  /** With a file that shows more of it. */
  TestenvFailedException mentioning(Optional<Path> file) {
    return file.map(path -> new TestenvFailedException(this, reason + "\nCAPTURE: " + path))
        .orElse(this);
  }

  private static String message(String reason, List<String> log) {
    return log.isEmpty()
        ? reason
        : log.stream()
            .map(line -> "    " + line)
            .collect(Collectors.joining("\n", reason + "; the end of its log:\n", ""));
  }
}
