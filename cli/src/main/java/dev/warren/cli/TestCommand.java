package dev.warren.cli;

import dev.warren.selftest.report.ConsoleReport;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.report.Tally;
import dev.warren.selftest.report.events.RunFacts;
import dev.warren.selftest.report.page.ReportPage;
import dev.warren.selftest.run.DurationRecorder;
import dev.warren.selftest.run.EarlierTimes;
import dev.warren.selftest.run.FailureRecorder;
import dev.warren.selftest.run.Hold;
import dev.warren.selftest.run.RunOptions;
import dev.warren.selftest.run.TestLister;
import dev.warren.selftest.run.TestRun;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.verdict.KnownFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a plan of test suites. */
@Command(
    name = "test",
    description = {
      "Run the test suites of a plan, each against the testenv that it names.",
      "",
      "Each testenv is set up in a lab of its own, and is gone afterwards. The exit code is 0 only"
          + " when every suite passed. FOLDER (st) then holds: report.html, summary, the results as"
          + " subunit and as junit/TEST-*.xml, all events as events.jsonl, what each suite wrote as"
          + " suites/*.log, and the logs of each testenv. Failures listed in the file NAME.knownfail"
          + " beside the plan are expected."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren test samba/quick                  the plan catalogue/samba/plans/quick.plan",
      "  warren test samba/quick dns              only suites with \"dns\" in their names",
      "  warren test --jobs=4 samba/quick         four suites at a time",
      "  warren test --list samba/quick           only says which suites there are",
      "  warren test --fetch samba/quick          only fetches Samba",
      "  warren test samba/quick --failed         those again that failed",
      "  warren test 'selftest/tests.py|' --exclude=selftest/skip --include-env=ad_dc,none",
      "  warren test --software=installed my.plan with this machine's Samba",
      "  warren test --samba-tree=$SRC tree --quick  with the Samba that was built in $SRC"
    })
final class TestCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private final TestenvOptions options = new TestenvOptions();
  @Mixin private final JobsOptions jobs = new JobsOptions();

  @Mixin private final VerdictOptions verdicts = new VerdictOptions();

  @Mixin private final SnapshotOptions snapshots = new SnapshotOptions();

  @Mixin private final WatchOptions watching = new WatchOptions();

  @Option(
      names = "--hold",
      description =
          "Keep the lab of the first failure up, and say how to enter it; Enter or Ctrl-C lets the run"
              + " go on.")
  private boolean hold;

  @Parameters(
      index = "0",
      paramLabel = "PLAN",
      description = {
        "CATALOGUE/NAME; the path of a file in the format of Samba's plans, or NAME.yaml in Warren's"
            + " own; 'COMMAND|', which prints a plan; or with --samba-tree \"tree\": the tree's own."
      })
  private String plan = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "REGEX",
      description = "Only suites whose name has a match of one of these.")
  private List<String> expressions = List.of();

  @Option(names = "--list", description = "Print the suites and their testenvs; run none.")
  private boolean list;

  @Option(
      names = "--tests",
      description =
          "With --list: print the full ids of the tests in the suites. A suite that cannot tell is"
              + " printed itself.")
  private boolean tests;

  @Option(names = "--json", description = "With --list: print JSON: " + SuiteList.JSON + ".")
  private boolean json;

  @Option(
      names = "--fetch",
      description =
          "Only fetch the packages that the suites' testenvs need, into Warren's cache; run none. A"
              + " machine without a network can run them from there, where it has the same packages"
              + " installed.")
  private boolean fetch;

  @Mixin private final ChoiceOptions choice = new ChoiceOptions();

  @Option(
      names = "--suite-timeout",
      paramLabel = "SECONDS",
      description = "How long a suite may take. Default: 1200")
  private long suiteTimeout = RunOptions.DEFAULT_SUITE_LIMIT.toSeconds();

  TestCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    CatalogueFolder folder = new CatalogueFolder(surroundings.home());
    List<String> sources = new ArrayList<>(List.of(plan));
    sources.addAll(choice.testlists());
    PlanFiles files = PlanFiles.find(sources, options.catalogue, folder, options.buildTree(folder));
    if (fetch) {
      options.onlyFetch();
    }
    Catalogue catalogue =
        list && !tests
            ? options.look(folder, files.catalogue())
            : options.read(folder, files.catalogue(), surroundings);
    ChosenPlan chosen =
        ChosenPlan.of(
            choice, files, expressions, catalogue, jobs.jobs(), options.results(), surroundings);
    if (list) {
      return list(files.name(), catalogue, chosen);
    }
    if (tests || json) {
      throw new CommandException(ExitCode.BAD_INPUT, "--tests and --json belong to --list");
    }
    if (fetch) {
      TestRun.fetch(
          options.labs(catalogue, "fetch-", surroundings),
          chosen.plan().testenvs(),
          new ConsoleReport(surroundings.err()::println));
      return ExitCode.OK;
    }
    KnownFailures known =
        verdicts.known(
            files.beside(CatalogueFolder.KNOWN_FAILURES), files.beside(CatalogueFolder.FLAPPING));
    return run(files.name(), watching.debugged(catalogue, chosen.plan().testenvs()), chosen, known);
  }

  private int list(String name, Catalogue catalogue, ChosenPlan chosen) throws Exception {
    SuiteList suites = new SuiteList(surroundings, json, chosen.durations());
    if (!tests) {
      chosen.plan().suites().forEach(suites::add);
      return suites.end() ? ExitCode.OK : ExitCode.FAILED;
    }
    EndSignal end = EndSignal.interrupting(Thread.currentThread());
    int code = ExitCode.INTERRUPTED;
    try {
      TestLister.list(
          options.labs(catalogue, "test-" + name + "-", surroundings),
          chosen.plan(),
          new ConsoleReport(surroundings.err()::println),
          suites::add);
      code = suites.end() ? ExitCode.OK : ExitCode.FAILED;
    } catch (InterruptedException asked) {
      // What was made is gone by now.
    } finally {
      end.complete(code);
    }
    return code;
  }

  private Optional<Hold> hold(RunConsole console, EndSignal end) {
    return hold ? Optional.of(new Hold(new Keeper(console, end, System.in))) : Optional.empty();
  }

  private int run(String name, Catalogue catalogue, ChosenPlan chosen, KnownFailures known)
      throws Exception {
    EndSignal end = EndSignal.interrupting(Thread.currentThread());
    int code = ExitCode.FAILED;
    try (RunConsole console =
        RunConsole.open(surroundings, chosen.plan(), chosen.durations(), jobs.jobs())) {
      end.onAsk(() -> console.say("Stopping; a second time ends it at once, without reports."));
      Tally tally =
          TestRun.execute(
              RunOptions.of(
                      name,
                      options
                          .labs(
                              catalogue,
                              chosen.plan().testenvs(),
                              "test-" + name + "-",
                              surroundings)
                          .withSnapshots(snapshots.policy(System.getenv()))
                          .withWatch(watching.watch(hold(console, end))),
                      chosen.plan())
                  .withKnown(known)
                  .withSuiteLimit(Duration.ofSeconds(suiteTimeout))
                  .withJobs(jobs.jobs())
                  .withResetup(jobs.resetup())
                  .withTimes(EarlierTimes.of(chosen.durations(), catalogue))
                  .withFailFast(choice.failFast()),
              RunFacts.ofThisProcess(spec.root().commandLine().getParseResult().originalArgs()),
              RunListener.all(
                  List.of(
                      new FailureRecorder(options.results()),
                      new DurationRecorder(chosen.durationsFile(), surroundings.err()::println),
                      console.listener())));
      console.say(
          "Logs and results are in %s: see %s there."
              .formatted(options.results(), ReportPage.FILE));
      if (end.isAsked()) {
        code = ExitCode.INTERRUPTED;
      } else if (tally.allOk()) {
        code = ExitCode.OK;
      }
    } finally {
      end.complete(code);
    }
    return code;
  }
}
