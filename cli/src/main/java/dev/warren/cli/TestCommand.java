package dev.warren.cli;

import dev.warren.lab.control.Registration;
import dev.warren.selftest.plan.NameFilter;
import dev.warren.selftest.plan.Plan;
import dev.warren.selftest.plan.PlanRules;
import dev.warren.selftest.plan.SambaPlanReader;
import dev.warren.selftest.report.ConsoleReport;
import dev.warren.selftest.report.Tally;
import dev.warren.selftest.report.events.RunFacts;
import dev.warren.selftest.report.page.ReportPage;
import dev.warren.selftest.run.RunOptions;
import dev.warren.selftest.run.TestRun;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.verdict.FailurePatterns;
import dev.warren.selftest.verdict.KnownFailures;
import java.time.Duration;
import java.util.List;
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
      "The testenvs are set up in a lab of their own, and are gone afterwards. The exit code is 0 only"
          + " when every suite passed. FOLDER (st) then holds: report.html, summary, the results as"
          + " subunit and as junit/TEST-*.xml, all events as events.jsonl, what each suite wrote as"
          + " suites/*.log, and the logs of each testenv. Failures listed in the file NAME.knownfail beside the plan are expected."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren test samba/quick                  the plan catalogue/samba/plans/quick.plan",
      "  warren test samba/quick dns              only suites with \"dns\" in their names",
      "  warren test --list samba/quick           only says which suites there are",
      "  warren test --software=installed my.plan with this machine's Samba"
    })
final class TestCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private final TestenvOptions options = new TestenvOptions();

  @Parameters(
      index = "0",
      paramLabel = "PLAN",
      description = "CATALOGUE/NAME, or the path of a file in the format of Samba's plans.")
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
    CatalogueFolder.PlanChoice choice = folder.plan(plan, options.catalogue);
    Catalogue catalogue = folder.read(choice.catalogue());
    Plan suites =
        SambaPlanReader.read(choice.file(), PlanRules.strict(catalogue.testenvs().keySet()))
            .only(NameFilter.of(expressions, "REGEX"));
    KnownFailures known =
        new KnownFailures(
            FailurePatterns.read(choice.beside(".knownfail")),
            FailurePatterns.read(choice.beside(".flapping")));
    if (suites.suites().isEmpty()) {
      throw new CommandException(
          ExitCode.BAD_INPUT, "no suite of %s is chosen: see --list".formatted(choice.file()));
    }
    if (list) {
      suites
          .suites()
          .forEach(suite -> surroundings.out().println(suite.name() + "  " + suite.testenv()));
      return ExitCode.OK;
    }
    return run(choice.name(), catalogue, suites, known);
  }

  private int run(String name, Catalogue catalogue, Plan suites, KnownFailures known)
      throws Exception {
    EndSignal end = EndSignal.interrupting(Thread.currentThread());
    int code = ExitCode.FAILED;
    try (Registration registration = TestenvOptions.register(surroundings.labs(), "test-" + name)) {
      Tally tally =
          TestRun.execute(
              new RunOptions(
                  name,
                  options.lab(catalogue, registration, surroundings),
                  suites,
                  known,
                  Duration.ofSeconds(suiteTimeout)),
              RunFacts.ofThisProcess(spec.root().commandLine().getParseResult().originalArgs()),
              new ConsoleReport(surroundings.out()::println));
      surroundings
          .out()
          .println(
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
