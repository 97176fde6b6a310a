package dev.warren.selftest.run;

import dev.warren.lab.software.SoftwareChoice;
import dev.warren.selftest.debug.DebugChoice;
import dev.warren.selftest.plan.Plan;
import dev.warren.selftest.plan.PlanRules;
import dev.warren.selftest.plan.SambaPlanReader;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.plan.SuiteSettings;
import dev.warren.selftest.report.ConsoleReport;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.report.Tally;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.CatalogueReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs in namespaces that are looked at closely: a catalogue with the testenv {@code echo}, whose
 * server says "served" for each line that it gives back, and what a run of a plan told.
 */
abstract class WatchedRuns {
  static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;
  final List<RunEvent> events = new ArrayList<>();
  final List<String> console = new ArrayList<>();
  Duration suiteLimit = LONG;
  Watch watch = Watch.USUAL;
  Optional<DebugChoice> debug = Optional.empty();
  RunListener listener = _ -> {};
  SuiteSettings settings = SuiteSettings.USUAL;

  @BeforeEach
  void writeCatalogue() throws IOException {
    Path catalogue = Files.createDirectory(folder.resolve("catalogue"));
    Files.writeString(
        catalogue.resolve("catalogue.yaml"),
        """
        summary: For tests
        client: {name: client, interfaces: [11]}
        """);
    testenv(
        "echo",
        30,
        """
        services:
          - name: server
            run: |
              exec 3>&1
              echo listening >&3
              exec python3 -c '
              import socket
              server = socket.create_server(("", 7))
              while True:
                  peer, _ = server.accept()
                  peer.sendall(peer.recv(100))
                  print("served", flush=True)
              '
            ready:
              - {probe: it listens, in: client, run: exec 3<>/dev/tcp/$HOST_IP/7}
        exports: {ADDRESS: "${HOST_IP}", QUOTES: "it's \\"$HOME\\""}
        """);
  }

  void testenv(String name, int number, String rest) throws IOException {
    Files.writeString(
        folder.resolve("catalogue").resolve(name + ".yaml"),
        "summary: A testenv\nhost: {name: %s, interface: %d}\n%s".formatted(name, number, rest));
  }

  /** Sends a line to the server and waits for its answer. */
  static String ask(String text) {
    return "exec 3<>/dev/tcp/$ADDRESS/7 && echo '" + text + "' >&3 && head -n 1 <&3";
  }

  Tally run(String plan) throws Exception {
    Catalogue catalogue = CatalogueReader.read(folder.resolve("catalogue"));
    Plan suites =
        withSettings(
            SambaPlanReader.parse("plan", plan, PlanRules.strict(catalogue.testenvs().keySet())));
    if (debug.isPresent()) {
      catalogue = debug.get().in(catalogue, suites.testenvs(), "--debug");
    }
    LabOptions options =
        LabOptions.of(
                catalogue,
                folder.resolve("st"),
                folder.resolve("cache"),
                LabOpener.below(folder.resolve("labs")))
            .withSoftware(SoftwareChoice.INSTALLED)
            .withWatch(watch);
    return TestRun.execute(
        RunOptions.of("plan", options, suites).withSuiteLimit(suiteLimit),
        RunListener.all(List.of(events::add, new ConsoleReport(console::add), listener)));
  }

  /** Plans of Samba's cannot say these. */
  private Plan withSettings(Plan plan) {
    return new Plan(
        plan.suites().stream()
            .map(
                suite ->
                    new Suite(
                        suite.name(),
                        suite.testenv(),
                        suite.command(),
                        suite.listing(),
                        settings,
                        suite.position()))
            .toList());
  }

  static String suite(String name, String testenv, String command) {
    return "-- TEST --\n%s\n%s\n%s\n".formatted(name, testenv, command);
  }

  List<RunEvent.SuiteFinished> finished() {
    return events.stream()
        .filter(RunEvent.SuiteFinished.class::isInstance)
        .map(RunEvent.SuiteFinished.class::cast)
        .toList();
  }

  RunEvent.TestenvFailed failedTestenv() {
    return events.stream()
        .filter(RunEvent.TestenvFailed.class::isInstance)
        .map(RunEvent.TestenvFailed.class::cast)
        .findFirst()
        .orElseThrow();
  }

  String reason(int index) {
    return finished().get(index).result().reason().orElse("");
  }
}
