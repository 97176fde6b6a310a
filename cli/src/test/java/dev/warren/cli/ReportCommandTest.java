package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.source.Position;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.plan.SuiteCommand;
import dev.warren.selftest.plan.SuiteSettings;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.SuiteFiles;
import dev.warren.selftest.report.events.EventsReport;
import dev.warren.selftest.report.events.RunFacts;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.verdict.Counts;
import dev.warren.selftest.verdict.SuiteResult;
import dev.warren.selftest.verdict.TestVerdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportCommandTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void makesThePageAgainAndPrintsItsPath() throws IOException {
    run("st", Outcome.SUCCESS);
    assertThat(warren("report", path("st"))).isZero();
    assertThat(out).hasToString(folder.resolve("st/report.html") + "\n");
    assertThat(folder.resolve("st/report.html")).content().contains("Passed: a plan");
  }

  @Test
  void tellsOfLinesThatItLeavesOut() throws IOException {
    run("st", Outcome.SUCCESS);
    Path events = folder.resolve("st/events.jsonl");
    Files.writeString(events, Files.readString(events) + "{\"type\":\"suite-fin");
    assertThat(warren("report", path("st"))).isZero();
    assertThat(err).asString().startsWith(events + ":8: left out: ");
  }

  @Test
  void wantsAFolderWithEvents() throws IOException {
    Files.createDirectory(folder.resolve("st"));
    assertThat(warren("report", path("st"))).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err)
        .asString()
        .startsWith("warren: " + path("st") + ": no events.jsonl there: name the folder");
  }

  @Test
  void refusesWhatIsNoRunAtAll() throws IOException {
    Files.writeString(Files.createDirectory(folder.resolve("st")).resolve("events.jsonl"), "x\n");
    assertThat(warren("report", path("st"))).isEqualTo(ExitCode.FAILED);
    assertThat(err).asString().contains("not one event could be read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --compare a        | --compare needs two folders
          a b                | one folder at a time
          --json a           | --json and --html are for --compare
          --table --open a   | --table only prints
          --compare --open a b | give --html FILE
          --beside s --table a | --table only prints
          --beside s --open a | --beside only prints
          --reasons f a      | --reasons is for --beside
          """)
  void refusesOptionsThatDoNotGoTogether(String arguments, String complaint) {
    assertThat(warren(("report " + arguments).split(" "))).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err).asString().contains(complaint);
  }

  @Test
  void endsWithOneWhereSomethingFailsThatDidNot() throws IOException {
    run("old", Outcome.SUCCESS);
    run("new", Outcome.FAILURE);
    assertThat(warren("report", "--compare", path("old"), path("new"))).isEqualTo(1);
    assertThat(out)
        .asString()
        .contains("New failures (1)\n  a.test of a.suite  success -> failure");
  }

  @Test
  void endsWellWhereNothingGotWorse() throws IOException {
    run("old", Outcome.FAILURE);
    run("new", Outcome.SUCCESS);
    String page = path("diff.html");
    assertThat(warren("report", "--compare", "--json", "--html", page, path("old"), path("new")))
        .isZero();
    assertThat(out).asString().contains("\"mended\" : [ {", "\"a.test\"");
    assertThat(folder.resolve("diff.html")).content().contains("Not worse", "Mended");
  }

  @Test
  void makesATableOfSeveralRuns() throws IOException {
    run("one", Outcome.SUCCESS);
    run("two", Outcome.FAILURE);
    assertThat(warren("report", "--table", path("one"), path("two"))).isZero();
    assertThat(out)
        .asString()
        .startsWith("# Results\n")
        .contains("| `a.suite` | 0 to 1 |  | **failed** in 1 of 2 runs: 1 of 1 tests |");
  }

  @Test
  void makesATableForPrograms() throws IOException {
    run("one", Outcome.SUCCESS);
    assertThat(warren("report", "--table", "--json", path("one"))).isZero();
    assertThat(out).asString().contains("\"suite\" : \"a.suite\"", "\"verdict\" : \"passed\"");
  }

  @Test
  void comparesWithASubunitStream() throws IOException {
    run("st", Outcome.FAILURE);
    String stream = stream("success");
    assertThat(warren("report", "--compare", stream, path("st"))).isEqualTo(1);
    assertThat(out)
        .asString()
        .contains("New failures (1)\n  a.test of a.suite  success -> failure");
  }

  @Test
  void laysARunBesideThatOfAnotherHarness() throws IOException {
    run("st", Outcome.SUCCESS);
    assertThat(warren("report", "--beside", stream("success"), path("st"))).isZero();
    assertThat(out).asString().contains("| **all suites** | 1 | 1 | 100.0 % |");
  }

  @Test
  void endsWithOneWhereVerdictsDifferAndNobodySaysWhy() throws IOException {
    run("st", Outcome.FAILURE);
    assertThat(warren("report", "--beside", stream("success"), path("st"))).isEqualTo(1);
    assertThat(out)
        .asString()
        .contains("| `a.suite` | success | **failure** | 1 | not explained |");
  }

  @Test
  void saysWhyVerdictsDiffer() throws IOException {
    run("st", Outcome.FAILURE);
    Path reasons = Files.writeString(folder.resolve("reasons"), "a\\.suite # asks for cwrap\n");
    assertThat(
            warren(
                "report",
                "--beside",
                stream("success"),
                "--reasons",
                reasons.toString(),
                path("st")))
        .isZero();
    assertThat(out).asString().contains("| **failure** | 1 | asks for cwrap |");
  }

  @Test
  void tellsOfReasonsThatNobodyNeedsAnyMore() throws IOException {
    run("st", Outcome.SUCCESS);
    Path reasons = Files.writeString(folder.resolve("reasons"), "\na\\.suite # asks for cwrap\n");
    warren("report", "--beside", stream("success"), "--reasons", reasons.toString(), path("st"));
    assertThat(err).asString().startsWith(reasons + ":2:1: the verdicts on the suites");
  }

  @Test
  void refusesAStreamThatIsNone() throws IOException {
    run("st", Outcome.SUCCESS);
    Path stream = Files.writeString(folder.resolve("subunit"), "nothing\n");
    assertThat(warren("report", "--beside", stream.toString(), path("st"))).isNotZero();
    assertThat(err).asString().contains(stream + ": no suite ends in it");
    assertThat(warren("report", "--beside", path("none"), path("st")))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err).asString().contains("none: there is no such file");
  }

  @Test
  void servesAFolderOnLoopbackToWhoAsksForIt() throws Exception {
    Files.writeString(folder.resolve("report.html"), "the page");
    Files.createSymbolicLink(folder.resolve("way-out"), Path.of("/etc/passwd"));
    try (FolderServer server = FolderServer.start(folder);
        HttpClient client = HttpClient.newHttpClient()) {
      URI page = URI.create(server.address("report.html"));
      assertThat(page.getHost()).isEqualTo("127.0.0.1");
      assertThat(get(client, page).body()).isEqualTo("the page");
      assertThat(get(client, page.resolve("/../../etc/passwd")).statusCode()).isEqualTo(404);
      assertThat(get(client, page.resolve("/way-out")).statusCode()).isEqualTo(404);
      assertThat(asked(page.getPort(), "evil.example")).contains(" 421 ");
      assertThat(asked(page.getPort(), "127.0.0.1:" + page.getPort())).contains(" 200 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PATH"})
  void opensNothingWithoutADisplay(String variable) {
    assertThat(Desktop.command("file:///x", Map.of(variable, "/usr/bin"))).isEmpty();
  }

  @Test
  void opensThePageByTheDesktopsOwnProgram() throws IOException {
    Path program = Files.writeString(folder.resolve("xdg-open"), "#!/bin/sh\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    assertThat(
            Desktop.command("file:///x", Map.of("DISPLAY", ":0", "PATH", folder.toString()))
                .orElseThrow()
                .command())
        .containsExactly(program.toString(), "file:///x");
  }

  private static HttpResponse<String> get(HttpClient client, URI address) throws Exception {
    return client.send(
        HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String asked(int port, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              "GET /report.html HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                  .formatted(host)
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A run of one suite with one test, which ends so. */
  private void run(String name, Outcome outcome) throws IOException {
    Suite suite =
        new Suite(
            "a.suite",
            TestenvChoice.parse("none").orElseThrow(),
            SuiteCommand.parse("run x"),
            Optional.empty(),
            SuiteSettings.USUAL,
            Position.of("plan"));
    EventsReport report =
        new EventsReport(
            Files.createDirectory(folder.resolve(name)).resolve(EventsReport.FILE),
            RunFacts.ofThisProcess(List.of("test", "a plan")));
    List.of(
            new RunEvent.RunStarted(START, "a plan", 1),
            new RunEvent.SuiteStarted(START, suite, 1, "a-lab"),
            new RunEvent.TestFinished(
                START,
                suite,
                new TestVerdict("a.test", outcome, Optional.empty(), Optional.empty())),
            new RunEvent.SuiteFinished(
                START,
                suite,
                new SuiteResult(outcome, Optional.empty(), Counts.NONE.plus(outcome)),
                Duration.ofSeconds(1),
                "",
                SuiteFiles.NONE),
            new RunEvent.RunFinished(START, Optional.empty()))
        .forEach(report::on);
    // Head, run, suite, and three events of it before the end.
    assertThat(Files.readAllLines(folder.resolve(name).resolve(EventsReport.FILE))).hasSize(7);
  }

  private String stream(String result) throws IOException {
    return Files.writeString(
            folder.resolve("subunit"),
            """
            testsuite: a.suite
            test: a.test
            %1$s: a.test
            testsuite-%1$s: a.suite
            """
                .formatted(result))
        .toString();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private int warren(String... arguments) {
    Surroundings surroundings =
        new Surroundings(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            false,
            Optional.empty(),
            folder,
            folder,
            false,
            Optional.empty(),
            Optional.empty());
    return CommandLineFactory.create(surroundings, List.of(arguments)).execute(arguments);
  }
}
