package dev.warren.selftest.report;

import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.report.RunEvent.SuiteFinished;
import dev.warren.selftest.report.RunEvent.SuiteSaid;
import dev.warren.selftest.report.RunEvent.SuiteStarted;
import dev.warren.selftest.report.RunEvent.TestFinished;
import dev.warren.selftest.report.RunEvent.TestStarted;
import dev.warren.selftest.subunit.SubunitEvent.Output;
import dev.warren.selftest.verdict.TestVerdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a file {@code TEST-SUITE.xml} for each suite, in the form that CI servers read. */
public final class JUnitReport implements RunListener {
  private final Path folder;
  private final FileNames names;
  private final String hostName = MachineName.get();
  private final Map<String, OpenSuite> open = new HashMap<>();

  /** A test with its time. */
  record Case(TestVerdict verdict, Duration took) {}

  /** A suite whose end has not come. */
  private static final class OpenSuite {
    private final List<Case> cases = new ArrayList<>();
    private final Map<String, Instant> started = new HashMap<>();
    private final TextTail output = new TextTail();
    private Instant start = Instant.EPOCH;
    private String lab = "";
  }

  /** A report into a folder that exists. */
  public JUnitReport(Path folder, FileNames names) {
    this.folder = folder;
    this.names = names;
  }

  @Override
  public void on(RunEvent event) {
    switch (event) {
      case SuiteStarted started -> {
        of(started.suite()).start = started.at();
        of(started.suite()).lab = started.lab();
      }
      case TestStarted started -> of(started.suite()).started.put(started.id(), started.at());
      case TestFinished finished -> add(finished);
      case SuiteSaid said -> {
        if (said.said() instanceof Output(String line)) {
          of(said.suite()).output.add(line);
        }
      }
      case SuiteFinished finished -> write(finished);
      default -> {}
    }
  }

  private OpenSuite of(Suite suite) {
    return open.computeIfAbsent(suite.name(), _ -> new OpenSuite());
  }

  private void add(TestFinished finished) {
    OpenSuite suite = of(finished.suite());
    Instant start = suite.started.getOrDefault(finished.verdict().id(), finished.at());
    suite.cases.add(new Case(finished.verdict(), Duration.between(start, finished.at())));
  }

  private void write(SuiteFinished finished) {
    OpenSuite suite = of(finished.suite());
    open.remove(finished.suite().name());
    Path file = folder.resolve("TEST-" + names.of(finished.suite().name()) + ".xml");
    try {
      Files.writeString(
          file,
          JUnitXml.of(
              finished,
              new JUnitXml.Circumstances(hostName, suite.lab, suite.start),
              suite.cases,
              suite.output.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
