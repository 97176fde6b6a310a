package dev.warren.selftest.run;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.report.RunListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A testenv that is up, to be looked at and worked with. */
public final class TestenvSession implements AutoCloseable {
  private final TestLab lab;
  private final TestenvChoice choice;
  private final RunningTestenv testenv;
  private final Path folder;
  private Optional<LabCapture> capture;

  private TestenvSession(
      TestLab lab,
      TestenvChoice choice,
      RunningTestenv testenv,
      Path folder,
      Optional<LabCapture> capture) {
    this.lab = lab;
    this.choice = choice;
    this.testenv = testenv;
    this.folder = folder;
    this.capture = capture;
  }

  /**
   * Sets a testenv up, with all that it needs, in a lab of its own.
   *
   * @param choice the testenv and the side on which commands are to run
   * @param listener is told how the set-up goes
   * @throws TestenvFailedException when the set-up fails; the logs are in the result folder then,
   *     and nothing else is left
   * @throws InterruptedException when it was stopped
   */
  public static TestenvSession open(LabOptions options, TestenvChoice choice, RunListener listener)
      throws IOException, InterruptedException, TestenvFailedException {
    new ResultFolder(options.resultFolder()).removeLogs(choice.testenv());
    RunListener serial = new SerialListener(listener);
    TestLab lab =
        LabFactory.prepare(options, List.of(choice.testenv()), serial).start(choice.testenv());
    boolean open = false;
    try {
      RunningTestenv testenv = lab.require(choice.testenv());
      Path folder = lab.folders().create();
      Optional<LabCapture> capture = LabCapture.begin(options, lab.lab(), choice.testenv());
      open = true;
      return new TestenvSession(lab, choice, testenv, folder, capture);
    } finally {
      if (!open) {
        lab.close();
      }
    }
  }

  /** The lab that it is in. */
  public Lab lab() {
    return lab.lab();
  }

  /** Where commands are to run: the client, or the testenv's own host. */
  public Host host() {
    return switch (choice.side()) {
      case CLIENT -> lab.client();
      case LOCAL -> testenv.host();
    };
  }

  /** The variables that the testenv exports. */
  public Map<String, String> exports() {
    return testenv.exports();
  }

  /** The whole environment of a command, as a suite would find it. */
  public Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>(Scripts.BASE_ENVIRONMENT);
    environment.putAll(
        SuiteEnvironment.of(
            lab.suiteEnvironment(),
            Optional.of(testenv.exported()),
            choice.side(),
            folder,
            lab.paths()));
    return environment;
  }

  /** The folder in which commands are to run, as the host sees files. */
  public Path folder() {
    return folder;
  }

  /**
   * Ends the capture of what goes over the network since the testenv is ready, where there is one.
   *
   * @param failed whether to keep it also where only those of failures are kept
   * @return the file from the result folder on, if it stays
   * @throws IOException when it could not be written to its end
   */
  public Optional<Path> endCapture(boolean failed) throws IOException {
    Optional<LabCapture> ending = capture;
    capture = Optional.empty();
    return ending.isPresent() ? ending.get().end(failed) : Optional.empty();
  }

  /** Copies the logs out and ends everything. */
  @Override
  public void close() throws IOException {
    lab.close();
  }
}
