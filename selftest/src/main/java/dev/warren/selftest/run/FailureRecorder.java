package dev.warren.selftest.run;

import dev.warren.selftest.choice.FailedSuites;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** Keeps which suites failed, for {@code --failed}: {@code RESULTS/failed}. */
public final class FailureRecorder implements RunListener {
  private final Path resultFolder;
  private final Set<String> failed = new LinkedHashSet<>();
  private final Set<String> passed = new LinkedHashSet<>();

  /** A recorder into a result folder, where it writes when the run ends. */
  public FailureRecorder(Path resultFolder) {
    this.resultFolder = resultFolder;
  }

  @Override
  public void on(RunEvent event) {
    switch (event) {
      case RunEvent.SuiteFinished finished ->
          (finished.result().isBad() ? failed : passed).add(finished.suite().name());
      case RunEvent.RunFinished _ -> {
        try {
          FailedSuites.update(resultFolder, failed, passed);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      default -> {}
    }
  }
}
