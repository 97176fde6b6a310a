package dev.warren.cli;

import dev.warren.lab.control.Registration;
import dev.warren.selftest.report.ConsoleReport;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.report.Tally;
import dev.warren.selftest.run.DurationRecorder;
import dev.warren.selftest.run.FailureRecorder;
import dev.warren.selftest.run.RunOptions;
import dev.warren.selftest.run.TestLister;
import dev.warren.selftest.run.TestRun;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.verdict.FailurePatterns;
import dev.warren.selftest.verdict.KnownFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a plan of test suites. */
@Command(
    name = "test",
    description = {
      "Run the test suites of a plan, each against the testenv that it names.",
      "",
      "The testenvs are set up in a lab of their own, and are gone afterwards. The exit code is 0 only"
          + " when every suite passed. FOLDER (st) then holds: summary, the results as subunit and"
          + " as junit/TEST-*.xml, what each suite wrote as suites/*.log, and the logs of each"
          + " testenv. Failures listed in the file NAME.knownfail beside the plan are expected."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren test samba/quick                  the plan catalogue/samba/plans/quick.plan",
      "  warren test samba/quick dns              only suites with \"dns\" in their names",
      "  warren test --list samba/quick           only says which suites there are",
      "  warren test samba/quick --failed         those again that failed",
      "  warren test 'selftest/tests.py|' --exclude=selftest/skip --include-env=ad_dc,none",
      "  warren test --software=installed my.plan with this machine's Samba"
    })
final class TestCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final TestenvOptions options = new TestenvOptions();

  @Parameters(
      index = "0",
      paramLabel = "PLAN",
      description = {
        "CATALOGUE/NAME; the path of a file in the format of Samba's plans, or NAME.yaml in Warren's"
            + " own; or 'COMMAND|', which prints a plan."
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
    PlanFiles files = PlanFiles.find(sources, options.catalogue, folder);
    Catalogue catalogue = folder.read(files.catalogue());
    ChosenPlan chosen =
        ChosenPlan.of(choice, files, expressions, catalogue, options.results(), surroundings);
    if (list) {
      return list(files.name(), catalogue, chosen);
    }
    if (tests || json) {
      throw new CommandException(ExitCode.BAD_INPUT, "--tests and --json belong to --list");
    }
    KnownFailures known =
        new KnownFailures(
            FailurePatterns.read(files.beside(".knownfail")),
            FailurePatterns.read(files.beside(".flapping")));
    return run(files.name(), catalogue, chosen, known);
  }

  private int list(String name, Catalogue catalogue, ChosenPlan chosen) throws Exception {
    SuiteList suites = new SuiteList(surroundings, json, chosen.durations());
    if (!tests) {
      chosen.plan().suites().forEach(suites::add);
      return suites.end() ? ExitCode.OK : ExitCode.FAILED;
    }
    EndSignal end = EndSignal.interrupting(Thread.currentThread());
    int code = ExitCode.INTERRUPTED;
    try (Registration registration = TestenvOptions.register(surroundings.labs(), "list-" + name)) {
      TestLister.list(
          options.lab(catalogue, registration, surroundings),
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

  private int run(String name, Catalogue catalogue, ChosenPlan chosen, KnownFailures known)
      throws Exception {
    EndSignal end = EndSignal.interrupting(Thread.currentThread());
    int code = ExitCode.FAILED;
    try (Registration registration = TestenvOptions.register(surroundings.labs(), "test-" + name)) {
      Tally tally =
          TestRun.execute(
              new RunOptions(
                  name,
                  options.lab(catalogue, registration, surroundings),
                  chosen.plan(),
                  known,
                  Duration.ofSeconds(suiteTimeout),
                  choice.failFast()),
              RunListener.all(
                  List.of(
                      new FailureRecorder(options.results()),
                      new DurationRecorder(chosen.durationsFile(), surroundings.err()::println),
                      new ConsoleReport(surroundings.out()::println))));
      surroundings.out().println("Logs and results are in " + options.results() + ".");
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
