package dev.warren.selftest.run;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.process.HostCommand;
import dev.warren.selftest.plan.FilterOptions;
import dev.warren.selftest.plan.Plan;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.plan.SuiteCommand;
import dev.warren.selftest.plan.TestenvChoice.Side;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.subunit.LineDecoder;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.TestenvDefinition;
import dev.warren.selftest.verdict.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Lists the tests in suites. Their hosts are there meanwhile, but no testenv is set up. */
public final class TestLister {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int ERROR_LINES = 5;
  private static final Pattern RESULT =
      Pattern.compile("(test|testing|success|successful|failure|error|skip|xfail|time): ");

  /** Complaints are no tests. */
  private static final String ERRORS_ASIDE = "exec 2>\"$0\"\n";

  private final Lab lab;
  private final Host client;
  private final CommonVariables common;
  private final Catalogue catalogue;
  private final ExpectedExports exports;
  private final Path folder;
  private final LabPaths paths;
  private final Set<String> written = new HashSet<>();

  private TestLister(TestLab lab, Catalogue catalogue, Plan plan, Path folder) throws IOException {
    this.lab = lab.lab();
    this.client = lab.client();
    this.common = lab.suiteEnvironment();
    this.catalogue = catalogue;
    this.exports =
        new ExpectedExports(
            catalogue,
            new LabAssembly(
                catalogue,
                catalogue.withNeeds(plan.testenvs()),
                lab.ids(),
                Optional.empty(),
                lab.paths()));
    this.folder = folder;
    this.paths = lab.paths();
  }

  /** What is in a suite. */
  public sealed interface Listing {
    /** The suite that was asked. */
    Suite suite();

    /** The full ids of its tests, in its own order. */
    record Tests(Suite suite, List<String> ids) implements Listing {
      /** Copies the list. */
      public Tests {
        ids = List.copyOf(ids);
      }
    }

    /** The suite has no command that lists them. */
    record Unable(Suite suite) implements Listing {}

    /** The command that lists them failed. */
    record Failed(Suite suite, String reason) implements Listing {}
  }

  /**
   * Asks the suites of a plan, one after the other, on the calling thread.
   *
   * @param progress is told what is fetched
   * @param listings takes the answer of each suite, in order
   * @throws IOException when the software cannot be had or the lab cannot be started
   */
  public static void list(
      LabOptions options, Plan plan, RunListener progress, Consumer<Listing> listings)
      throws IOException, InterruptedException {
    if (plan.suites().stream().allMatch(suite -> suite.listing().isEmpty())) {
      plan.suites().forEach(suite -> listings.accept(new Listing.Unable(suite)));
      return;
    }
    LabFactory labs = LabFactory.prepare(options, plan.testenvs(), progress);
    try (TestLab lab = labs.start("list", plan.testenvs())) {
      Path folder = lab.folders().create();
      TestLister lister = new TestLister(lab, options.catalogue(), plan, folder);
      for (Suite suite : plan.suites()) {
        Optional<SuiteCommand> command = suite.listing();
        listings.accept(
            command.isPresent() ? lister.ask(suite, command.get()) : new Listing.Unable(suite));
      }
    }
  }

  private Listing ask(Suite suite, SuiteCommand command) throws IOException, InterruptedException {
    Optional<RunningTestenv> testenv =
        suite.testenv().isNone() ? Optional.empty() : Optional.of(testenv(suite));
    Side side = suite.testenv().side();
    Host host = testenv.filter(_ -> side == Side.LOCAL).map(RunningTestenv::host).orElse(client);
    Map<String, String> environment =
        SuiteEnvironment.of(common, testenv.map(RunningTestenv::exported), side, folder, paths);
    environment.putAll(suite.settings().variables());
    environment.put("LISTOPT", "--list");
    FilterOptions filter = command.filterOptions(environment);
    List<String> ids = new ArrayList<>();
    LineDecoder lines =
        new LineDecoder(
            line -> {
              if (!line.isBlank()) {
                ids.add(filter.rename(line.stripTrailing()));
              }
            });
    Path errors = folder.resolve("errors");
    HostCommand bash =
        Scripts.suite(catalogue.suiteUmask(), ERRORS_ASIDE + command.shell(), errors.toString());
    Path directory = folder.resolve(suite.settings().directory().orElse(""));
    Process process = Scripts.start(bash, host, environment, directory);
    Exit exit = new OutputPump(process).run(LIMIT, lines::feed);
    lines.finish();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (ids.stream()
        .map(filter::original)
        .flatMap(Optional::stream)
        .anyMatch(TestLister::isResult)) {
      return new Listing.Failed(
          suite, "its listing command runs tests, and so lists none: it does not take --list");
    }
    if (exit instanceof Exit.Code(int code) && code == 0) {
      return new Listing.Tests(suite, ids);
    }
    List<String> said = new LabFiles(host).tail(errors, ERROR_LINES);
    return new Listing.Failed(
        suite,
        "its listing command %s%s"
            .formatted(
                Exits.words(exit), said.isEmpty() ? "" : ", and said: " + String.join("\n", said)));
  }

  /** Whether a line is one of a run: some of Samba's programs take {@code --list} in vain. */
  private static boolean isResult(String line) {
    return RESULT.matcher(line).lookingAt();
  }

  private RunningTestenv testenv(Suite suite) throws IOException, InterruptedException {
    TestenvDefinition definition = catalogue.testenv(suite.testenv().testenv());
    Host host = lab.host(definition.host().name());
    if (written.add(definition.name())) {
      exports.writeFiles(definition, new LabFiles(host));
    }
    return new RunningTestenv(definition, host, exports.of(definition), List.of());
  }
}
