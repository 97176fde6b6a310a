package dev.warren.selftest.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A testenv could not be set up, or died. The first line of the message says which and why; the
 * last lines of the log follow.
 */
public sealed class TestenvFailedException extends Exception permits PartMissingException {
  private static final long serialVersionUID = 1L;

  private final String testenv;
  private final String reason;
  // Texts, as exceptions can be serialized and paths cannot.
  private final @Nullable String capture;
  private final @Nullable String traces;

  TestenvFailedException(String testenv, String reason, List<String> log) {
    this(testenv, message(reason, log), null, null, null);
  }

  TestenvFailedException(String testenv, IOException cause) {
    this(testenv, Exits.words(cause), null, null, cause);
  }

  private TestenvFailedException(
      String testenv,
      String reason,
      @Nullable String capture,
      @Nullable String traces,
      @Nullable Throwable cause) {
    super(reason, cause);
    this.testenv = testenv;
    this.reason = reason;
    this.capture = capture;
    this.traces = traces;
  }

  /** The testenv that failed; not one that needs it. */
  public String testenv() {
    return testenv;
  }

  /** The message. */
  public String reason() {
    return reason;
  }

  /** What went over the lab's network meanwhile, from the result folder on. */
  Optional<Path> capture() {
    return Optional.ofNullable(capture).map(Path::of);
  }

  /** What was running when its time was over, from the result folder on. */
  Optional<Path> traces() {
    return Optional.ofNullable(traces).map(Path::of);
  }

  /** With its capture, which the message names then. */
  TestenvFailedException withCapture(Optional<Path> file) {
    return file.map(
            path ->
                new TestenvFailedException(
                    testenv, reason + "\nCAPTURE: " + path, path.toString(), traces, this))
        .orElse(this);
  }

  /** With its traces, which the message names already. */
  TestenvFailedException withTraces(Path file) {
    return new TestenvFailedException(testenv, reason, capture, file.toString(), this);
  }

  private static String message(String reason, List<String> log) {
    return log.isEmpty()
        ? reason
        : log.stream()
            .map(line -> "    " + line)
            .collect(Collectors.joining("\n", reason + "; the end of its log:\n", ""));
  }
}
