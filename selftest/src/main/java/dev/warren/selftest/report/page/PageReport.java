package dev.warren.selftest.report.page;

import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Makes {@code report.html} when a run ends, however it ends. To be told of events after the {@link
 * dev.warren.selftest.report.events.EventsReport}, from whose file the page is made.
 */
public final class PageReport implements RunListener {
  private final Path folder;

  /** A report into the folder of a run's results. */
  public PageReport(Path folder) {
    this.folder = folder;
  }

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.RunFinished) {
      try {
        ReportPage.write(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
