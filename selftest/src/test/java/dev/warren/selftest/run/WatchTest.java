package dev.warren.selftest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warren.lab.software.SoftwareChoice;
import dev.warren.lab.source.BadInputException;
import dev.warren.selftest.debug.DebugChoice;
import dev.warren.selftest.debug.DebugTool;
import dev.warren.selftest.plan.Plan;
import dev.warren.selftest.plan.PlanRules;
import dev.warren.selftest.plan.SambaPlanReader;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.plan.SuiteSettings;
import dev.warren.selftest.report.ConsoleReport;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.report.Tally;
import dev.warren.selftest.results.ResultFormat;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.CatalogueReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are looked at closely, in namespaces. */
@Timeout(120)
class WatchTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final List<RunEvent> events = new ArrayList<>();
  private final List<String> console = new ArrayList<>();
  private Duration suiteLimit = LONG;
  private Watch watch = Watch.USUAL;
  private Optional<DebugChoice> debug = Optional.empty();
  private RunListener listener = _ -> {};
  private SuiteSettings settings = SuiteSettings.USUAL;

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

  // Time limits

  @Test
  void keepsTheStacksOfASuiteThatHangsAndOfItsServers() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/gdb")), "there is no gdb here");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/cc")), "there is no C compiler here");
    Path source = Files.writeString(folder.resolve("hang.c"), HANGING_PROGRAM);
    Path program = folder.resolve("catalogue/hang");
    Process compiler =
        new ProcessBuilder("cc", "-g", "-o", program.toString(), source.toString())
            .inheritIO()
            .start();
    assertThat(compiler.waitFor()).isZero();
    suiteLimit = Duration.ofSeconds(1);
    run(
        suite("hang", "echo", "echo before; /run/warren/catalogue/hang 5309 | cat")
            + suite("after", "none", "! grep -lz '^5309$' /proc/[0-9]*/cmdline"));
    assertThat(reason(0))
        .isEqualTo(
            """
            ended after its time limit of 1 s
            what it was doing then: suites/hang.traces""");
    assertThat(reason(1)).isEmpty();
    assertThat(folder.resolve("st/suites/hang.log")).content().contains("before\n");
    assertThat(folder.resolve("st/suites/hang.traces"))
        .content()
        .contains("== the suite, in host client ==", "hang 5309", "wait_for_an_answer", "main")
        .contains("== testenv echo, in host echo ==", "import socket", "accept");
  }

  private static final String HANGING_PROGRAM =
      """
      #include <unistd.h>
      static int wait_for_an_answer(void) {
        for (;;) {
          pause();
        }
      }
      int main(void) {
        return wait_for_an_answer();
      }
      """;

  @Test
  void aSuiteMayHaveATimeLimitAFolderAndVariablesOfItsOwn() throws Exception {
    settings =
        new SuiteSettings(
            ResultFormat.SUBUNIT,
            Optional.of(Duration.ofMillis(700)),
            Optional.of("."),
            Map.of("SLEEP", "306"),
            Set.of());
    run(suite("slow", "none", "exec sleep $SLEEP"));
    assertThat(reason(0)).startsWith("ended after its time limit of ");
    assertThat(finished().getFirst().took()).isLessThan(LONG);
    assertThat(folder.resolve("st/suites/slow.traces")).content().contains("sleep 306");
    assertThat(finished().getFirst().files().traces()).contains(Path.of("suites/slow.traces"));
  }

  @Test
  void endsASetUpAtTheTimeLimitOfTheWhole() throws Exception {
    testenv(
        "slow",
        31,
        """
        provision:
          - {step: sleep a little, run: sleep 0.6}
        services:
          - name: server
            run: echo begun; exec sleep 307
            ready:
              - {probe: it answers, run: "false"}
        """);
    watch = new Watch(CaptureChoice.NONE, Duration.ofSeconds(2), Optional.empty());
    run(suite("a", "slow", "true") + suite("b", "none", "! grep -lz '^307$' /proc/[0-9]*/cmdline"));
    assertThat(reason(0))
        .contains("the testenv slow failed: its set-up was not done within its time limit of 2 s")
        .containsPattern("not ready after 1[0-9]* ms: \"it answers\"")
        .contains("what was running then: slow/setup.traces")
        .contains("    begun");
    assertThat(folder.resolve("st/slow/setup.traces")).content().contains("sleep 307");
  }

  @Test
  void keepsWhatAStepWasDoingThatTookTooLong() throws Exception {
    testenv(
        "slow",
        31,
        """
        provision:
          - {step: sleep for ever, timeout: 1s, run: "echo soon; sleep 308"}
        """);
    run(suite("a", "slow", "true"));
    assertThat(reason(0))
        .contains("step \"sleep for ever\" did not end within its time limit of 1 s")
        .contains("    soon");
    assertThat(folder.resolve("st/slow/setup.traces"))
        .content()
        .contains("== the step, in host slow ==", "sleep 308");
    assertThat(failedTestenv().traces()).contains(Path.of("slow/setup.traces"));
  }

  @Test
  void saysWhereTheTracesOfANeededTestenvAre() throws Exception {
    testenv("base", 31, "provision: [{step: sleep, timeout: 1s, run: sleep 311}]\n");
    testenv("above", 32, "needs: [base]\n");
    run(suite("a", "above", "true"));
    Path traces = Path.of("above/needs/base/setup.traces");
    assertThat(reason(0)).contains("what was running then: " + traces);
    assertThat(failedTestenv().traces()).contains(traces);
    assertThat(folder.resolve("st").resolve(traces)).content().contains("sleep 311");
  }

  // Captures

  @Test
  void capturesWhatASuiteSendsAndKeepsThatOfThoseThatFail() throws Exception {
    watch = new Watch(CaptureChoice.FAILED, LONG, Optional.empty());
    run(
        suite("good(echo)", "echo", ask("this passed"))
            + suite("bad: 1(echo)", "echo", ask("this failed") + "; exit 1")
            + suite("bad- 1(echo)", "echo:local", "exit 1")
            + suite("bad_ 1(echo)", "none", "exit 1"));
    assertThat(captures())
        .containsExactly("bad-_1_echo_.pcapng", "bad__1_echo_.pcapng", "bad__1_echo_~2.pcapng");
    assertThat(finished())
        .extracting(suite -> suite.files().capture().map(Path::toString).orElse(""))
        .containsExactly(
            "",
            "captures/bad__1_echo_.pcapng",
            "captures/bad-_1_echo_.pcapng",
            "captures/bad__1_echo_~2.pcapng");
    assertThat(console).contains("CAPTURE: captures/bad__1_echo_.pcapng");
    assertThat(captured("bad__1_echo_.pcapng"))
        .contains("this failed")
        .doesNotContain("this passed");
  }

  @Test
  void keepsAllCapturesWhenAskedTo() throws Exception {
    watch = new Watch(CaptureChoice.ALL, LONG, Optional.empty());
    run(suite("good(echo)", "echo", ask("this passed")));
    assertThat(captures()).containsExactly("env-echo-setup.pcapng", "good_echo_.pcapng");
    assertThat(events)
        .filteredOn(RunEvent.TestenvReady.class::isInstance)
        .extracting(event -> ((RunEvent.TestenvReady) event).capture())
        .containsExactly(Optional.of(Path.of("captures/env-echo-setup.pcapng")));
    assertThat(captured("good_echo_.pcapng")).contains("this passed");
  }

  @Test
  void seesWhatTwoServersSayToEachOther() throws Exception {
    testenv("second", 31, "needs: [echo]\nvariables: {OTHER: \"${echo.ADDRESS}\"}\n");
    watch = new Watch(CaptureChoice.FAILED, LONG, Optional.empty());
    run(
        suite(
            "a",
            "second:local",
            ask("among servers").replace("$ADDRESS", "10.53.57.30") + "; exit 1"));
    assertThat(captured("a.pcapng")).contains("among servers");
  }

  @Test
  void namesTheCaptureOfASetUpThatFails() throws Exception {
    testenv("broken", 31, "provision: [{step: no, run: exit 3}]\n");
    watch = new Watch(CaptureChoice.FAILED, LONG, Optional.empty());
    run(suite("a", "broken", "true") + suite("b", "echo", "true"));
    assertThat(captures()).containsExactly("env-broken-setup.pcapng");
    assertThat(reason(0)).contains("CAPTURE: captures/env-broken-setup.pcapng");
    assertThat(failedTestenv().capture()).contains(Path.of("captures/env-broken-setup.pcapng"));
  }

  @Test
  void capturesNothingUnlessAsked() throws Exception {
    run(suite("bad", "echo", "exit 1"));
    assertThat(folder.resolve("st/captures")).doesNotExist();
  }

  // Logs

  @Test
  void keepsWhatServersLoggedWithTheSuite() throws Exception {
    run(suite("a(echo)", "echo", ask("x")) + suite("b", "none", "true"));
    assertThat(folder.resolve("st/suites/a_echo_.servers"))
        .content()
        .contains("== /run/warren/st/echo/logs/server.log ==\nserved\n");
    assertThat(folder.resolve("st/suites/b.servers")).doesNotExist();
  }

  @Test
  void keepsTheLastWordsOfAServerThatDies() throws Exception {
    testenv(
        "mortal",
        31,
        """
        services:
          - name: server
            run: |
              while [ ! -e end ]; do sleep 0.05; done
              echo goodbye
              exit 3
        exports: {END: "${ENVDIR}/end", LOG: "${ENVDIR}/logs/server.log"}
        """);
    run(suite("kill", "mortal", "touch $END; until grep goodbye $LOG; do :; done; exit 1"));
    assertThat(finished().getFirst().serverLog()).contains("goodbye");
    assertThat(folder.resolve("st/suites/kill.servers")).content().contains("goodbye");
  }

  @Test
  void keepsWhatASuiteHadWrittenWhenTheRunIsStopped() throws Exception {
    Thread runner = Thread.currentThread();
    listener =
        event -> {
          if (event instanceof RunEvent.SuiteSaid) {
            runner.interrupt();
          }
        };
    run(suite("a", "none", "trap 'echo last words' TERM; echo begun; sleep 309 & wait"));
    assertThat(folder.resolve("st/suites/a.log")).content().contains("begun\n", "last words\n");
  }

  // Hold

  @Test
  void keepsTheLabOfTheFirstFailureUntilItIsNotNeeded() throws Exception {
    List<Hold.HeldLab> held = new ArrayList<>();
    watch =
        new Watch(
            CaptureChoice.NONE,
            LONG,
            Optional.of(
                new Hold(
                    lab -> {
                      held.add(lab);
                      console.add("held");
                    })));
    run(
        suite("good", "echo", "true")
            + suite("bad", "echo", "exit 1")
            + suite("worse", "echo", ". /run/warren/st/hold.env; echo \"<$QUOTES>\"; exit 1"));
    assertThat(held)
        .containsExactly(
            new Hold.HeldLab(
                "echo", "bad", List.of("client", "echo"), Path.of("/run/warren/st/hold.env")));
    assertThat(console)
        .containsSubsequence("ERROR: Testsuite[bad]", "held", "ERROR: Testsuite[worse]");
    assertThat(folder.resolve("st/suites/worse.log")).content().contains("<it's \"$HOME\">\n");
  }

  // Debug

  @Test
  void showsWhereAServerDiedThatRanUnderGdb() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/gdb")), "there is no gdb here");
    testenv(
        "crashing",
        31,
        """
        services:
          - name: server
            run: |
              set -- "two words"
              exec bash -c 'echo "got $0"; kill -SEGV $$; wait' "$1"
            ready: [{probe: never, run: "false"}]
        """);
    debug = Optional.of(DebugChoice.parse("server", "--debug"));
    run(suite("a", "crashing", "true"));
    assertThat(reason(0)).contains("the service \"server\" ended");
    assertThat(folder.resolve("st/crashing/server.log"))
        .content()
        .contains("got two words", "received signal SIGSEGV", "#0 ", "kill");
  }

  @Test
  void aServerUnderGdbWorksAsAnyOther() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/gdb")), "there is no gdb here");
    debug = Optional.of(DebugChoice.parse("echo/server:gdb", "--debug"));
    Tally tally = run(suite("a", "echo:local", ask("x") + " && grep -l gdb /proc/[0-9]*/comm"));
    assertThat(tally.allOk()).isTrue();
    assertThat(folder.resolve("st/echo/server.log")).content().contains("listening", "served");
  }

  @Test
  void aServerMayRunUnderValgrind() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/valgrind")), "there is no valgrind here");
    testenv(
        "checked",
        31,
        """
        services:
          - {name: server, run: exec sleep 600, ready: [{probe: it began, run: grep Memcheck logs/server.log}]}
        """);
    debug = Optional.of(DebugChoice.parse("checked/server:valgrind", "--debug"));
    assertThat(run(suite("a", "checked", "true")).allOk()).isTrue();
  }

  @Test
  void saysWhichServicesThereAre() {
    debug = Optional.of(new DebugChoice(Optional.empty(), "sever", anyTool()));
    assertThatThrownBy(() -> run(suite("a", "echo", "true")))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "--debug: no testenv that is to be set up has a service \"sever\", only server; did you"
                + " mean \"server\"?");
  }

  @Test
  void refusesAServiceThatStartsNoProgram() throws Exception {
    testenv("shell", 31, "services: [{name: loop, run: 'exec 3>&1; while :; do sleep 1; done'}]\n");
    debug = Optional.of(new DebugChoice(Optional.empty(), "loop", anyTool()));
    assertThatThrownBy(() -> run(suite("a", "shell", "true")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("service \"loop\" of testenv shell starts no program by exec");
  }

  private static DebugTool anyTool() {
    return DebugTool.GDB;
  }

  private void testenv(String name, int number, String rest) throws IOException {
    Files.writeString(
        folder.resolve("catalogue").resolve(name + ".yaml"),
        "summary: A testenv\nhost: {name: %s, interface: %d}\n%s".formatted(name, number, rest));
  }

  /** Sends a line to the server and waits for its answer. */
  private static String ask(String text) {
    return "exec 3<>/dev/tcp/$ADDRESS/7 && echo '" + text + "' >&3 && head -n 1 <&3";
  }

  private Tally run(String plan) throws Exception {
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

  private static String suite(String name, String testenv, String command) {
    return "-- TEST --\n%s\n%s\n%s\n".formatted(name, testenv, command);
  }

  private List<RunEvent.SuiteFinished> finished() {
    return events.stream()
        .filter(RunEvent.SuiteFinished.class::isInstance)
        .map(RunEvent.SuiteFinished.class::cast)
        .toList();
  }

  private RunEvent.TestenvFailed failedTestenv() {
    return events.stream()
        .filter(RunEvent.TestenvFailed.class::isInstance)
        .map(RunEvent.TestenvFailed.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private String reason(int index) {
    return finished().get(index).result().reason().orElse("");
  }

  private List<String> captures() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("st/captures"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private String captured(String file) throws IOException {
    return Files.readString(
        folder.resolve("st/captures").resolve(file), StandardCharsets.ISO_8859_1);
  }
}
