package dev.warren.cli;

import dev.warren.selftest.report.compare.Comparison;
import dev.warren.selftest.report.compare.ComparisonText;
import dev.warren.selftest.report.compare.RunOutcomes;
import dev.warren.selftest.report.events.DamagedLines;
import dev.warren.selftest.report.events.EventsReport;
import dev.warren.selftest.report.page.ReportPage;
import dev.warren.selftest.report.table.Agreement;
import dev.warren.selftest.report.table.AgreementMaker;
import dev.warren.selftest.report.table.AgreementText;
import dev.warren.selftest.report.table.Results;
import dev.warren.selftest.report.table.ResultsJson;
import dev.warren.selftest.report.table.ResultsMaker;
import dev.warren.selftest.report.table.ResultsMarkdown;
import dev.warren.selftest.report.table.RunRecord;
import dev.warren.selftest.verdict.FailurePattern;
import dev.warren.selftest.verdict.FailurePatterns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the page of a run again, shows it, compares two runs, makes a table of several. */
@Command(
    name = "report",
    description = {
      "Make the page of a run again, from the events that it left, and print its path.",
      "",
      "FOLDER is where `warren test` put its results (st), also those of a run that was killed or still"
          + " goes on. report.html is one file that needs nothing else, and links to the logs and"
          + " captures beside it. With --compare the exit code is 1 when something fails that did not.",
      "",
      "--table takes the folders of any number of runs and prints a page in Markdown: for each testenv"
          + " whether it comes up and how long that takes, cold and from its snapshot, for each suite"
          + " what passed, failed, or is known to fail and why, as root and as an ordinary user.",
      "",
      "--beside lays the runs in the folders beside one of Samba's own harness (the file subunit below"
          + " the prefix of its selftest, st): on how many suites the verdicts are the same, and where"
          + " they differ. The exit code is 1 when they differ without a line of --reasons that says why."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren report st --open",
      "  warren report st --serve                 on a port of this machine alone, until Ctrl-C",
      "  warren report --compare st.old st        what fails now, what was mended, what got slower",
      "  warren report --compare st.old st --json | jq '.newFailures[].test'",
      "  warren report --table st.cold st.warm > RESULTS.md",
      "  warren report --compare ~/samba/st/subunit st",
      "  warren report --beside ~/samba/st/subunit st"
    })
final class ReportCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      arity = "1..*",
      paramLabel = "FOLDER",
      description =
          "The results of a run; with --compare those of an earlier and of a later one, with --table"
              + " and --beside those of any number. Where two runs are compared it may be a file with a"
              + " subunit stream.")
  private List<Path> folders = List.of();

  @Option(names = "--open", description = "Show the page in the browser of this desktop.")
  private boolean open;

  @Option(
      names = "--serve",
      description = "Serve the folder to browsers on this machine; prints the address.")
  private boolean serve;

  @Option(names = "--compare", description = "Tell what changed from the first run to the second.")
  private boolean compare;

  @Option(
      names = "--table",
      description = "Print what became of testenvs and suites in these runs, in Markdown.")
  private boolean table;

  @Option(
      names = "--beside",
      paramLabel = "SUBUNIT",
      description =
          "Print how far the verdicts are those of another harness, in Markdown. May be repeated: of"
              + " a suite the last run counts.")
  private List<Path> beside = List.of();

  @Option(
      names = "--reasons",
      paramLabel = "FILE|FOLDER",
      description =
          "With --beside: why verdicts differ, as a regular expression of Python's a line, matched at"
              + " the start of a suite's name, then # and why.")
  private List<Path> reasons = List.of();

  @Option(names = "--json", description = "With --compare, --table or --beside: print JSON.")
  private boolean json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "With --compare: write a page as well.")
  private @Nullable Path html;

  ReportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    check();
    for (Path folder : folders) {
      boolean stream = (compare || !beside.isEmpty()) && Files.isRegularFile(folder);
      if (!stream && !Files.isRegularFile(folder.resolve(EventsReport.FILE))) {
        throw new CommandException(
            ExitCode.BAD_INPUT,
            "%s: no %s there: name the folder with the results of a run, st where --results of `warren test` was not given"
                .formatted(folder, EventsReport.FILE));
      }
    }
    if (table) {
      return tabled();
    }
    if (!beside.isEmpty()) {
      return laidBeside();
    }
    return compare ? compared() : made(folders.getFirst());
  }

  private void check() throws CommandException {
    if (!reasons.isEmpty() && beside.isEmpty()) {
      throw new CommandException(ExitCode.BAD_INPUT, "--reasons is for --beside");
    }
    if (table || !beside.isEmpty()) {
      if ((table && !beside.isEmpty()) || compare || open || serve || html != null) {
        throw new CommandException(
            ExitCode.BAD_INPUT,
            "%s only prints: no other option goes with it but %s"
                .formatted(
                    table ? "--table" : "--beside", table ? "--json" : "--reasons and --json"));
      }
      return;
    }
    if (compare && folders.size() != 2) {
      throw new CommandException(
          ExitCode.BAD_INPUT, "--compare needs two folders, the earlier run's first");
    }
    if (!compare && folders.size() != 1) {
      throw new CommandException(
          ExitCode.BAD_INPUT,
          "one folder at a time: --compare takes two, and tells what changed; --table takes any number");
    }
    if (compare ? open || serve : json || html != null) {
      throw new CommandException(
          ExitCode.BAD_INPUT,
          compare
              ? "--compare makes no page to open or serve: give --html FILE, and open that"
              : "--json and --html are for --compare, --json for --table and --beside too: report.html and events.jsonl are there anyway");
    }
  }

  private int laidBeside() throws Exception {
    Agreement agreement =
        AgreementMaker.of(outcomes(beside), outcomes(folders), FailurePatterns.read(reasons));
    surroundings
        .out()
        .print(json ? AgreementText.json(agreement) : AgreementText.markdown(agreement));
    surroundings.out().flush();
    for (FailurePattern idle : agreement.idle()) {
      surroundings
          .err()
          .println(
              "%s: the verdicts on the suites that this speaks of are the same now"
                  .formatted(idle.position()));
    }
    return agreement.unexplained() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private static List<RunOutcomes> outcomes(List<Path> places)
      throws CommandException, IOException {
    List<RunOutcomes> runs = new ArrayList<>();
    for (Path place : places) {
      if (!Files.exists(place)) {
        throw new CommandException(
            ExitCode.BAD_INPUT, "%s: there is no such file".formatted(place));
      }
      runs.add(RunOutcomes.read(place));
    }
    return runs;
  }

  private int compared() throws IOException {
    Comparison comparison =
        Comparison.of(RunOutcomes.read(folders.getFirst()), RunOutcomes.read(folders.getLast()));
    surroundings
        .out()
        .print(json ? ComparisonText.json(comparison) : ComparisonText.lines(comparison));
    surroundings.out().flush();
    if (html != null) {
      Files.writeString(html, ComparisonText.page(comparison), StandardCharsets.UTF_8);
    }
    return comparison.isWorse() ? ExitCode.FAILED : ExitCode.OK;
  }

  private int tabled() throws IOException {
    List<RunRecord> runs = new ArrayList<>();
    for (Path folder : folders) {
      RunRecord run = RunRecord.read(folder);
      warn(folder.resolve(EventsReport.FILE), run.damaged());
      runs.add(run);
    }
    Results results = ResultsMaker.of(runs);
    surroundings.out().print(json ? ResultsJson.text(results) : ResultsMarkdown.page(results));
    surroundings.out().flush();
    return ExitCode.OK;
  }

  private int made(Path folder) throws Exception {
    ReportPage.Written written = ReportPage.write(folder);
    warn(folder.resolve(EventsReport.FILE), written.read().damaged());
    if (written.read().events() == 0) {
      throw new CommandException(
          ExitCode.FAILED,
          "%s: not one event could be read: is it a run's?"
              .formatted(folder.resolve(EventsReport.FILE)));
    }
    Path page = written.page().toAbsolutePath().normalize();
    if (serve) {
      served(page);
    } else if (!open || !Desktop.open(page)) {
      surroundings.out().println(page);
    }
    return ExitCode.OK;
  }

  private void warn(Path events, DamagedLines damaged) {
    damaged
        .first()
        .forEach(
            line ->
                surroundings
                    .err()
                    .println(
                        "%s:%d: left out: %s".formatted(events, line.number(), line.reason())));
    if (damaged.count() > damaged.first().size()) {
      surroundings
          .err()
          .println("and %d lines more".formatted(damaged.count() - damaged.first().size()));
    }
  }

  /** Serves until the signal that ends this process. */
  private void served(Path page) throws IOException, InterruptedException {
    try (FolderServer server = FolderServer.start(page.resolveSibling(""))) {
      surroundings.out().println(server.address(ReportPage.FILE));
      surroundings.err().println("Ctrl-C ends it.");
      if (open) {
        Desktop.open(server.address(ReportPage.FILE));
      }
      new CountDownLatch(1).await();
    }
  }
}
