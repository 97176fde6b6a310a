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
 * Samba's own selftest leaves: of suites that ran at the same time one after the other.
 */
public final class SubunitReport implements RunListener {
  private final OutputStream out;
  private final SuiteStreams streams;
  private final Set<Running> running = new HashSet<>();

  /** A test that started, and has not finished. */
  private record Running(String suite, String id) {}

  /** A report into a new file. */
  public SubunitReport(Path file) throws IOException {
    out = new BufferedOutputStream(Files.newOutputStream(file));
    streams = new SuiteStreams(out, file);
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
          new SubunitWriter(out).write(new SubunitEvent.ProgressSet(started.suites(), false));
      case SuiteStarted started -> {
        streams.open(started.suite());
        write(started.suite(), new SubunitEvent.Time(started.at()));
        write(started.suite(), new SubunitEvent.SuiteStarted(started.suite().name()));
        write(started.suite(), new SubunitEvent.ProgressPushed());
        write(started.suite(), new SubunitEvent.Time(started.at()));
      }
      case TestStarted started -> start(started.suite(), started.id());
      case TestFinished finished -> {
        String id = finished.verdict().id();
        // Tools other than Samba's leave a result out whose test did not start.
        if (!running.remove(new Running(finished.suite().name(), id))) {
          write(finished.suite(), new SubunitEvent.TestStarted(id));
        }
        write(
            finished.suite(),
            new SubunitEvent.TestFinished(
                id, finished.verdict().outcome(), finished.verdict().explanation()));
      }
      case SuiteSaid said -> said(said.suite(), said.said());
      case RunEvent.SuiteSkipped skipped -> {
        Suite suite = skipped.suite();
        streams.open(suite);
        write(
            suite,
            new SubunitEvent.SuiteSkipped(
                suite.name(), Optional.of(skipped.reason()).filter(reason -> !reason.isEmpty())));
        streams.end(suite);
      }
      case SuiteFinished finished -> end(finished);
      case RunFinished _ -> {
        streams.endAll();
        out.close();
      }
      default -> {}
    }
  }

  private void start(Suite suite, String id) throws IOException {
    running.add(new Running(suite.name(), id));
    write(suite, new SubunitEvent.TestStarted(id));
  }

  private void said(Suite suite, SubunitEvent said) throws IOException {
    switch (said) {
      // Samba's scripts end at a relative one, and one pop too many ends the count of suites.
      case SubunitEvent.ProgressSet _,
          SubunitEvent.ProgressPushed _,
          SubunitEvent.ProgressPopped _ -> {}
      default -> write(suite, said);
    }
  }

  private void write(Suite suite, SubunitEvent event) throws IOException {
    streams.of(suite).write(event);
  }

  private void end(SuiteFinished finished) throws IOException {
    Suite suite = finished.suite();
    write(suite, new SubunitEvent.Time(finished.at()));
    write(suite, new SubunitEvent.ProgressPopped());
    for (String line : finished.serverLog().lines().toList()) {
      // Indented, so that no line of a log is ever taken for a command of the stream.
      write(suite, new SubunitEvent.Output(" " + line));
    }
    for (String line : suite.command().shell().lines().toList()) {
      write(suite, new SubunitEvent.Output("command: " + line));
    }
    write(
        suite,
        new SubunitEvent.SuiteFinished(
            suite.name(), finished.result().outcome(), finished.result().reason()));
    streams.end(suite);
    out.flush();
  }
}
