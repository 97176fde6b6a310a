package dev.warren.selftest.verdict;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Samba's own scripts, asked by way of a small one of ours; one process answers all questions.
 *
 * <p>They are in the source tree that the environment variable {@code SAMBA_SRCDIR} names. Python
 * must have {@code iso8601} or {@code dateutil}.
 */
final class SambaScripts implements AutoCloseable {
  private final PythonProcess process;

  private SambaScripts(PythonProcess process) {
    this.process = process;
  }

  /** Starts them; the calling test is skipped, saying why, where they are not to be had. */
  static SambaScripts start() throws IOException {
    return new SambaScripts(PythonProcess.start("samba-scripts.py", source().toString()));
  }

  /** The source tree. */
  static Path source() {
    @Nullable String named = System.getenv("SAMBA_SRCDIR");
    assumeTrue(
        named != null && Files.exists(Path.of(named, "selftest/subunithelper.py")),
        "SAMBA_SRCDIR names no source tree of Samba's with selftest/subunithelper.py");
    return Path.of(Optional.ofNullable(named).orElseThrow()).toAbsolutePath();
  }

  /** The answer to one question. */
  JsonNode ask(Map<String, ?> question) throws IOException {
    return process.ask(question);
  }

  /** The known failures that all judge by from now on, as they were read. */
  JsonNode lists(List<Path> expected, List<Path> flapping) throws IOException {
    return ask(Map.of("ask", "lists", "expected", names(expected), "flapping", names(flapping)));
  }

  /** Those by which the filter in a suite's own pipe judges from now on. */
  void ownLists(List<Path> expected, List<Path> flapping) throws IOException {
    var _ =
        ask(Map.of("ask", "ownLists", "expected", names(expected), "flapping", names(flapping)));
  }

  private static List<String> names(List<Path> paths) {
    return paths.stream().map(Path::toString).toList();
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
