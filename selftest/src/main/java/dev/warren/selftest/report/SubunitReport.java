package dev.warren.selftest.report;

import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.report.RunEvent.RunFinished;
import dev.warren.selftest.report.RunEvent.RunStarted;
import dev.warren.selftest.report.RunEvent.SuiteFinished;
import dev.warren.selftest.report.RunEvent.SuiteSaid;
import dev.warren.selftest.report.RunEvent.SuiteStarted;
import dev.warren.selftest.report.RunEvent.TestFinished;
import dev.warren.selftest.report.RunEvent.TestStarted;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.subunit.SubunitWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a run as one subunit stream, the results as the verdict made them, in the shape that
 * Samba's own selftest leaves.
 */
public final class SubunitReport implements RunListener {
  private final OutputStream out;
  private final SubunitWriter writer;
  private final Set<Running> running = new HashSet<>();

  /** A test that started, and has not finished. */
  private record Running(Suite suite, String id) {}

  /** A report into a new file. */
  public SubunitReport(Path file) throws IOException {
    out = new BufferedOutputStream(Files.newOutputStream(file));
    writer = new SubunitWriter(out);
  }

  @Override
  public void on(RunEvent event) {
    try {
      write(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(RunEvent event) throws IOException {
    switch (event) {
      case RunStarted started ->
          writer.write(new SubunitEvent.ProgressSet(started.suites(), false));
      case SuiteStarted started -> {
        writer.write(new SubunitEvent.Time(started.at()));
        writer.write(new SubunitEvent.SuiteStarted(started.suite().name()));
        writer.write(new SubunitEvent.ProgressPushed());
        writer.write(new SubunitEvent.Time(started.at()));
      }
      case TestStarted started -> start(started.suite(), started.id());
      case TestFinished finished -> {
        // Tools other than Samba's leave a result out whose test did not start.
        if (!running.remove(new Running(finished.suite(), finished.verdict().id()))) {
          writer.write(new SubunitEvent.TestStarted(finished.verdict().id()));
        }
        writer.write(
            new SubunitEvent.TestFinished(
                finished.verdict().id(),
                finished.verdict().outcome(),
                finished.verdict().explanation()));
      }
      case SuiteSaid said -> said(said.said());
      case RunEvent.SuiteSkipped skipped ->
          writer.write(
              new SubunitEvent.SuiteSkipped(skipped.suite().name(), Optional.of(skipped.reason())));
      case SuiteFinished finished -> end(finished);
      case RunFinished _ -> out.close();
      default -> {}
    }
  }

  private void start(Suite suite, String id) throws IOException {
    running.add(new Running(suite, id));
    writer.write(new SubunitEvent.TestStarted(id));
  }

  private void said(SubunitEvent said) throws IOException {
    switch (said) {
      // Samba's scripts end at a relative one, and one pop too many ends the count of suites.
      case SubunitEvent.ProgressSet _,
          SubunitEvent.ProgressPushed _,
          SubunitEvent.ProgressPopped _ -> {}
      default -> writer.write(said);
    }
  }

  private void end(SuiteFinished finished) throws IOException {
    writer.write(new SubunitEvent.Time(finished.at()));
    writer.write(new SubunitEvent.ProgressPopped());
    for (String line : finished.serverLog().lines().toList()) {
      // Indented, so that no line of a log is ever taken for a command of the stream.
      writer.write(new SubunitEvent.Output(" " + line));
    }
    for (String line : finished.suite().command().shell().lines().toList()) {
      writer.write(new SubunitEvent.Output("command: " + line));
    }
    writer.write(
        new SubunitEvent.SuiteFinished(
            finished.suite().name(), finished.result().outcome(), finished.result().reason()));
    out.flush();
  }
}
