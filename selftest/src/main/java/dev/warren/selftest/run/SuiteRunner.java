package dev.warren.selftest.run;

import dev.warren.lab.Host;
import dev.warren.lab.process.HostCommand;
import dev.warren.selftest.plan.FilterOptions;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.plan.TestenvChoice.Side;
import dev.warren.selftest.report.FileNames;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.report.SuiteFiles;
import dev.warren.selftest.results.ResultReader;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.verdict.Exit;
import dev.warren.selftest.verdict.JudgedStream;
import dev.warren.selftest.verdict.KnownFailures;
import dev.warren.selftest.verdict.SuiteJudge;
import dev.warren.selftest.verdict.SuiteResult;
import dev.warren.selftest.verdict.TestVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs suites, one after the other, and tells what they say. */
final class SuiteRunner {
  private final TestLab lab;
  private final LabOptions options;
  private final KnownFailures known;
  private final Duration limit;
  private final RunListener listener;
  private final SuiteFolders folders;
  private final FileNames names;

  /**
   * @param names what the files of suites are called
   */
  SuiteRunner(TestLab lab, RunOptions options, FileNames names, RunListener listener) {
    this.lab = lab;
    this.options = options.lab();
    this.known = options.known();
    this.limit = options.suiteLimit();
    this.listener = listener;
    this.folders = lab.folders();
    this.names = names;
  }

  /**
   * Runs a suite. Its testenv is set up first when it is not there; when that fails the suite is an
   * error.
   *
   * @throws InterruptedException when the run was stopped; the suite's end has been told then
   */
  void run(Suite suite, int index) throws IOException, InterruptedException {
    if (options.watch().hold().isPresent()) {
      options.watch().hold().get().pass();
    }
    Optional<RunningTestenv> testenv;
    try {
      testenv =
          suite.testenv().isNone()
              ? Optional.empty()
              : Optional.of(lab.require(suite.testenv().testenv()));
    } catch (TestenvFailedException failure) {
      new FailedTestenv(lab.name(), failure).tell(suite, index, known, listener);
      return;
    }
    run(suite, index, testenv);
    lab.watch();
  }

  private void run(Suite suite, int index, Optional<RunningTestenv> testenv)
      throws IOException, InterruptedException {
    Path folder = folders.create();
    Optional<LabCapture> capture = LabCapture.begin(options, lab.lab(), suite.name());
    Instant start = Instant.now();
    listener.on(new RunEvent.SuiteStarted(start, suite, index, lab.name()));
    Side side = suite.testenv().side();
    Map<String, String> environment =
        SuiteEnvironment.of(
            lab.suiteEnvironment(),
            testenv.map(RunningTestenv::exported),
            side,
            folder,
            lab.paths());
    environment.putAll(suite.settings().variables());
    PickedTests.prepare(suite, new LabFiles(lab.client()), folder, environment);
    Host host =
        switch (side) {
          case CLIENT -> lab.client();
          case LOCAL -> testenv.map(RunningTestenv::host).orElseGet(lab::client);
        };
    Optional<ServerLogs> logs =
        testenv.isPresent() ? Optional.of(lab.logs(testenv.get().name())) : Optional.empty();
    FilterOptions filter = suite.command().filterOptions(environment);
    FilterLists lists = FilterLists.read(filter, host, place(suite, folder));
    SuiteJudge judge = new SuiteJudge(filter, lists.known(), known);
    SuiteTraces traces =
        new SuiteTraces(
            host,
            testenv.isPresent() ? lab.running(testenv.get().name()) : List.of(),
            options.resultFolder(),
            file(suite, ".traces"));
    JudgedStream stream = new JudgedStream(judge, new Teller(suite, listener));
    Exit exit = execute(suite, host, environment, folder, lists.problem(), stream, traces);
    boolean stopped = Thread.interrupted();
    Instant end = Instant.now();
    SuiteResult result = traces.mention(judge.finish(exit));
    Optional<Path> packets =
        capture.isPresent() ? capture.get().end(result.isBad()) : Optional.empty();
    String serverLog = "";
    try {
      serverLog = logs.isPresent() ? logs.get().since() : "";
    } catch (InterruptedException e) {
      stopped = true;
    }
    if (!serverLog.isEmpty()) {
      Files.writeString(options.resultFolder().resolve(file(suite, ".servers")), serverLog);
    }
    listener.on(
        new RunEvent.SuiteFinished(
            end,
            suite,
            result,
            Duration.between(start, end),
            serverLog,
            new SuiteFiles(Optional.of(file(suite, ".log")), packets, traces.file())));
    if (stopped) {
      throw new InterruptedException();
    }
    hold(suite, result, host, environment);
    folders.remove(folder);
  }

  /** What a suite leaves, from the result folder on. */
  private Path file(Suite suite, String ending) {
    return Path.of(ResultFolder.SUITE_LOGS, names.of(suite.name()) + ending);
  }

  /** Keeps the lab for somebody to look at, when this failure is the first. */
  private void hold(Suite suite, SuiteResult result, Host host, Map<String, String> environment)
      throws IOException, InterruptedException {
    Optional<Hold> hold = options.watch().hold();
    if (hold.isPresent() && result.isBad() && hold.get().isFirst()) {
      new HeldSuite(lab, suite, host, environment).keep(hold.get());
    }
  }

  /** Where the suite's command runs. */
  private static Path place(Suite suite, Path folder) {
    return suite.settings().directory().map(folder::resolve).orElse(folder);
  }

  private Exit execute(
      Suite suite,
      Host host,
      Map<String, String> environment,
      Path folder,
      Optional<String> problem,
      JudgedStream stream,
      SuiteTraces traces)
      throws IOException {
    HostCommand command =
        Scripts.suite(options.catalogue().suiteUmask(), suite.command().shell()).mergeErrors();
    Path path = options.resultFolder().resolve(file(suite, ".log"));
    ResultReader reader =
        ResultReader.of(
            suite.settings().format(),
            suite.name(),
            LeftXmlFiles.of(suite.settings(), host, folder),
            stream);
    Exit exit;
    try (SuiteLog log = SuiteLog.begin(path, suite.command().shell(), reader::feed)) {
      if (problem.isPresent()) {
        throw new IOException(problem.get());
      }
      Process process = Scripts.start(command, host, environment, place(suite, folder));
      exit =
          new OutputPump(process, traces, stream::hasEnded)
              .run(suite.settings().limit().orElse(limit), log);
    } catch (IOException e) {
      exit = new Exit.NotStarted(Exits.words(e));
    }
    if (!suite.command().exitCounts()) {
      exit = exit.ofPipe(0);
    }
    reader.finish(exit.outcome(), exit.explanation());
    return exit;
  }

  /** Tells of one suite. */
  private record Teller(Suite suite, RunListener listener) implements JudgedStream.Listener {
    @Override
    public void started(String id) {
      listener.on(new RunEvent.TestStarted(Instant.now(), suite, id));
    }

    @Override
    public void finished(TestVerdict verdict) {
      listener.on(new RunEvent.TestFinished(Instant.now(), suite, verdict));
    }

    @Override
    public void said(SubunitEvent event) {
      listener.on(new RunEvent.SuiteSaid(Instant.now(), suite, event));
    }
  }
}
