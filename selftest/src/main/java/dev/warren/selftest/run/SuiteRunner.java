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
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.subunit.SubunitParser;
import dev.warren.selftest.verdict.Exit;
import dev.warren.selftest.verdict.KnownFailures;
import dev.warren.selftest.verdict.SuiteJudge;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Runs suites, one after the other, and tells what they say. */
final class SuiteRunner {
  private final TestLab lab;
  private final KnownFailures known;
  private final Duration limit;
  private final RunListener listener;
  private final SuiteFolders folders;
  private final Path logFolder;
  private final FileNames names;

  /**
   * @param names what the files of suites are called
   */
  SuiteRunner(TestLab lab, RunOptions options, FileNames names, RunListener listener) {
    this.lab = lab;
    this.known = options.known();
    this.limit = options.suiteLimit();
    this.listener = listener;
    this.folders = lab.folders();
    this.logFolder = options.lab().resultFolder().resolve(ResultFolder.SUITE_LOGS);
    this.names = names;
  }

  /**
   * Runs a suite. Its testenv is set up first when it is not there; when that fails the suite is an
   * error.
   *
   * @throws InterruptedException when the run was stopped; the suite's end has been told then
   */
  void run(Suite suite, int index) throws IOException, InterruptedException {
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
    Instant start = Instant.now();
    listener.on(new RunEvent.SuiteStarted(start, suite, index, lab.name()));
    Side side = suite.testenv().side();
    Map<String, String> environment =
        SuiteEnvironment.of(lab.suiteEnvironment(), testenv, side, folder);
    Host host =
        switch (side) {
          case CLIENT -> lab.client();
          case LOCAL -> testenv.map(RunningTestenv::host).orElseGet(lab::client);
        };
    Optional<ServerLogs> logs =
        testenv.isPresent() ? Optional.of(lab.logs(testenv.get().name())) : Optional.empty();
    SuiteJudge judge = new SuiteJudge(suite.command().filterOptions(environment), known);
    Exit exit = execute(suite, host, environment, folder, judge);
    boolean stopped = Thread.interrupted();
    Instant end = Instant.now();
    String serverLog = "";
    try {
      serverLog = logs.isPresent() ? logs.get().since() : "";
      folders.remove(folder);
    } catch (InterruptedException e) {
      stopped = true;
    }
    listener.on(
        new RunEvent.SuiteFinished(
            end,
            suite,
            judge.finish(exit),
            Duration.between(start, end),
            serverLog,
            new SuiteFiles(
                Optional.of(Path.of(ResultFolder.SUITE_LOGS, names.of(suite.name()) + ".log")),
                Optional.empty())));
    if (stopped) {
      throw new InterruptedException();
    }
  }

  private Exit execute(
      Suite suite, Host host, Map<String, String> environment, Path folder, SuiteJudge judge) {
    FilterOptions filter = suite.command().filterOptions(environment);
    SubunitParser parser =
        new SubunitParser(event -> listener.on(told(suite, filter, judge, event)));
    HostCommand command =
        HostCommand.of("bash", "-o", "pipefail", "-c", suite.command().shell()).mergeErrors();
    Path path = logFolder.resolve(names.of(suite.name()) + ".log");
    try (SuiteLog log = SuiteLog.begin(path, suite.command().shell(), parser::feed)) {
      Process process = Scripts.start(command, host, environment, folder);
      return new OutputPump(process).run(limit, log);
    } catch (IOException e) {
      return new Exit.NotStarted(Exits.words(e));
    } finally {
      parser.finish();
    }
  }

  private static RunEvent told(
      Suite suite, FilterOptions filter, SuiteJudge judge, SubunitEvent event) {
    Instant now = Instant.now();
    return switch (event) {
      case SubunitEvent.TestStarted(String id) ->
          new RunEvent.TestStarted(now, suite, filter.rename(id));
      case SubunitEvent.TestFinished finished ->
          new RunEvent.TestFinished(now, suite, judge.judge(finished));
      default -> new RunEvent.SuiteSaid(now, suite, event);
    };
  }
}
