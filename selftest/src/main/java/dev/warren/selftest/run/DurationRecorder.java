package dev.warren.selftest.run;

import dev.warren.selftest.choice.Durations;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.subunit.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Keeps how long suites and the set-ups of testenvs took, for later runs. What a run did not come
 * to, or ended with an error, keeps the time of an earlier run.
 */
public final class DurationRecorder implements RunListener {
  private final Path file;
  private final Consumer<String> warnings;
  private final Map<String, Duration> suites = new HashMap<>();
  private final Map<String, Duration> testenvs = new HashMap<>();

  /**
   * A recorder into a file, which is written when the run ends.
   *
   * @param warnings is told, in a line, when that cannot be done: no reason for a run to fail
   */
  public DurationRecorder(Path file, Consumer<String> warnings) {
    this.file = file;
    this.warnings = warnings;
  }

  @Override
  public void on(RunEvent event) {
    switch (event) {
      case RunEvent.TestenvReady ready -> testenvs.put(ready.testenv(), ready.took());
      case RunEvent.SuiteFinished finished -> {
        // One with picked tests, or that did not come to its end, says nothing of the whole.
        if (finished.result().outcome() != Outcome.ERROR && finished.suite().tests().isEmpty()) {
          suites.put(finished.suite().name(), finished.took());
        }
      }
      case RunEvent.RunFinished _ -> write();
      default -> {}
    }
  }

  private void write() {
    if (suites.isEmpty() && testenvs.isEmpty()) {
      return;
    }
    try {
      // Read now: another run may have written meanwhile.
      Durations.read(file, warnings).with(new Durations(suites, testenvs)).write(file);
    } catch (IOException e) {
      warnings.accept("the durations of this run are not recorded: " + Exits.words(e));
    }
  }
}
