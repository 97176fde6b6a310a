package dev.warren.cli;

import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.report.ConsoleReport;
import dev.warren.selftest.run.PartMissingException;
import dev.warren.selftest.run.TestenvFailedException;
import dev.warren.selftest.run.TestenvSession;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.TestenvDefinition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Sets a testenv up and keeps it while the launcher runs a command in it: the launcher has the
 * terminal. It is told the host and the variables, and tells the command's exit code on this
 * process's standard input; the end of that input means that the launcher has ended.
 */
@Command(
    name = "testenv",
    customSynopsis = "warren testenv [OPTION...] TESTENV[:local] [-- COMMAND...]",
    description = {
      "Set a testenv up, with all that it needs, and open a shell in it or run a command.",
      "",
      "The shell is the testenv's client, or with :local the testenv's own host. What the testenv"
          + " exports ($SERVER, $USERNAME, $PASSWORD, $REALM ...) is set, and shown. The exit code is"
          + " the command's. Everything is gone afterwards; the logs are in FOLDER (st).",
      "",
      "With --capture a command that does not end with 0 has failed, and a shell whose last one did"
          + " not: FOLDER/captures/TESTENV.pcapng then has what went over the network meanwhile."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren testenv --list",
      "  warren testenv ad_dc",
      "  warren testenv --backup=samba-backup.tar.bz2 customdc     one's own domain",
      "  warren testenv --debug=samba ad_dc       its service \"samba\" runs under gdb",
      "  warren testenv --capture=all ad_dc:local -- samba-tool drs kcc",
      "  warren testenv fileserver -- sh -c 'smbclient -L $SERVER -U$USERNAME%%$PASSWORD'"
    })
final class TestenvCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final TestenvOptions options = new TestenvOptions();

  @Mixin private final SnapshotOptions snapshots = new SnapshotOptions();

  @Mixin private final WatchOptions watching = new WatchOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "TESTENV[:local]",
      description = "The testenv, as --list shows it.")
  private @Nullable String name;

  @Option(names = "--list", description = "Print the testenvs of the catalogue.")
  private boolean list;

  TestenvCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    CatalogueFolder folder = new CatalogueFolder(surroundings.home());
    if (list) {
      list(options.look(folder, options.catalogue));
      return ExitCode.OK;
    }
    Catalogue catalogue = options.read(folder, options.catalogue, surroundings);
    TestenvChoice choice = choice(catalogue);
    Catalogue debugged = watching.debugged(catalogue, List.of(choice.testenv()));
    Launcher launcher =
        surroundings
            .launcher()
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.BAD_INPUT,
                        "testenv needs the launcher: start Warren by `warren`"));
    return keep(choice, debugged, launcher);
  }

  private void list(Catalogue catalogue) {
    Collection<TestenvDefinition> testenvs = catalogue.testenvs().values();
    boolean aliases = testenvs.stream().anyMatch(testenv -> !testenv.aliasNames().isEmpty());
    Table table =
        new Table(
            aliases
                ? List.of("TESTENV", "ALIASES", "WHAT IT IS")
                : List.of("TESTENV", "WHAT IT IS"));
    for (TestenvDefinition testenv : testenvs) {
      String others = String.join(" ", testenv.aliasNames());
      table.row(
          aliases
              ? List.of(testenv.name(), others, testenv.summary())
              : List.of(testenv.name(), testenv.summary()));
    }
    surroundings.out().print(table);
    surroundings.out().flush();
  }

  private TestenvChoice choice(Catalogue catalogue) throws CommandException {
    String asked =
        Optional.ofNullable(name)
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.BAD_INPUT, "no testenv given: see `warren testenv --list`"));
    return TestenvChoice.parse(asked)
        .filter(choice -> catalogue.names().contains(choice.testenv()))
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.BAD_INPUT,
                    "no testenv \"%s\" in catalogue %s: it has %s"
                        .formatted(
                            asked, options.catalogue, String.join(", ", catalogue.names()))));
  }

  private int keep(TestenvChoice choice, Catalogue catalogue, Launcher launcher) throws Exception {
    EndSignal end = EndSignal.interrupting(Thread.currentThread());
    AtomicInteger code = new AtomicInteger(ExitCode.INTERRUPTED);
    Thread.ofPlatform().daemon().name("launcher").start(() -> follow(end, code));
    try (TestenvSession session =
        TestenvSession.open(
            options
                .labs(catalogue, List.of(choice.testenv()), "", surroundings)
                .withSnapshots(snapshots.policy(System.getenv()))
                .withWatch(watching.watch(Optional.empty())),
            choice,
            new ConsoleReport(surroundings.err()::println))) {
      use(session, launcher, end, code);
    } catch (PartMissingException missing) {
      throw new CommandException(ExitCode.FAILED, missing.reason());
    } catch (TestenvFailedException failure) {
      throw new CommandException(
          ExitCode.FAILED,
          "testenv %s failed: %s%nIts logs are in %s."
              .formatted(failure.testenv(), failure.reason(), options.results()));
    } catch (InterruptedException ended) {
      // By the launcher or a signal: what was made is gone by now.
    } finally {
      end.complete(code.get());
    }
    return code.get();
  }

  private void use(TestenvSession session, Launcher launcher, EndSignal end, AtomicInteger code)
      throws IOException, InterruptedException {
    try {
      handOver(session, launcher);
      end.await();
    } finally {
      session
          .endCapture(code.get() != ExitCode.OK)
          .ifPresent(file -> surroundings.err().println("CAPTURE: " + file));
    }
  }

  /** Tells the launcher where to run the command, and the user what is there. */
  private void handOver(TestenvSession session, Launcher launcher) throws IOException {
    surroundings
        .err()
        .println(
            new TreeMap<>(session.exports())
                .entrySet().stream()
                    .map(export -> "  " + export.getKey() + "=" + export.getValue())
                    .collect(Collectors.joining("\n", "Variables:\n", "\n")));
    launcher.order("host " + session.lab().description().name() + "/" + session.host().name());
    launcher.order("option --workdir=" + session.folder());
    for (var variable : session.environment().entrySet()) {
      // A line is all that the launcher can read.
      if (!variable.getValue().contains("\n")) {
        launcher.order("option --env=" + variable.getKey() + "=" + variable.getValue());
      }
    }
    launcher.order("ready");
  }

  /** Reads the command's exit code from the launcher; its end without one is an interruption. */
  private static void follow(EndSignal end, AtomicInteger code) {
    try {
      String line =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      if (line != null && line.matches("exit \\d{1,3}")) {
        code.set(Integer.parseInt(line.substring("exit ".length())));
      }
    } catch (IOException gone) {
      // As good as its end.
    }
    end.ask();
  }
}
