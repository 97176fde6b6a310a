package dev.warren.selftest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warren.lab.source.BadInputException;
import dev.warren.selftest.debug.DebugChoice;
import dev.warren.selftest.debug.DebugTool;
import dev.warren.selftest.plan.SuiteSettings;
import dev.warren.selftest.report.Tally;
import dev.warren.selftest.results.ResultFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that are looked at closely: limits of time, held labs, servers under gdb. */
@Timeout(120)
class WatchTest extends WatchedRuns {
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
            + suite(
                "worse",
                "echo",
                "export USERNAME=caller; . /run/warren/st/hold.env;"
                    + " echo \"<$QUOTES> ${USERNAME-none} $(basename \"$TMPDIR\")\"; exit 1"));
    assertThat(held)
        .containsExactly(
            new Hold.HeldLab(
                "echo", "bad", List.of("client", "echo"), Path.of("/run/warren/st/hold.env")));
    assertThat(console)
        .containsSubsequence("ERROR: Testsuite[bad]", "held", "ERROR: Testsuite[worse]");
    assertThat(folder.resolve("st/suites/worse.log"))
        .content()
        .contains("<it's \"$HOME\"> none 2\n");
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
}
