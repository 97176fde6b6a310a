package dev.warren.selftest.run;

import dev.warren.lab.Host;
import dev.warren.selftest.verdict.SuiteResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Keeps as {@code st/suites/SUITE.traces} what a suite that takes too long is doing, and the
 * servers of its testenv: which of them hangs cannot be known.
 */
final class SuiteTraces implements OutputPump.AtTimeLimit {
  private final Host host;
  private final List<RunningTestenv> testenvs;
  private final Path results;
  private final Path file;
  private Optional<String> mention = Optional.empty();
  private boolean written;

  /**
   * @param host where the suite runs
   * @param testenvs its testenv and what that needs
   * @param file from the result folder on
   */
  SuiteTraces(Host host, List<RunningTestenv> testenvs, Path results, Path file) {
    this.host = host;
    this.testenvs = testenvs;
    this.results = results;
    this.file = file;
  }

  @Override
  public void look(Process process) throws InterruptedException {
    try {
      StackTraces traces = new StackTraces().tree("the suite", host, process);
      for (RunningTestenv testenv : testenvs) {
        traces.host("testenv " + testenv.name(), testenv.host());
      }
      Files.writeString(results.resolve(file), traces.toString());
      written = true;
      mention = Optional.of("what it was doing then: " + file);
    } catch (IOException failure) {
      mention = Optional.of("what it was doing then is not known: " + Exits.words(failure));
    }
  }

  /** The file, where it was needed. */
  Optional<Path> file() {
    return written ? Optional.of(file) : Optional.empty();
  }

  /** The result, with a word of the traces where there are some. */
  SuiteResult mention(SuiteResult result) {
    return mention
        .map(
            words ->
                new SuiteResult(
                    result.outcome(),
                    Optional.of(result.reason().map(why -> why + "\n").orElse("") + words),
                    result.counts()))
        .orElse(result);
  }
}
