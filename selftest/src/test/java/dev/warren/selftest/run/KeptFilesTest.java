package dev.warren.selftest.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.selftest.report.RunEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a run keeps of those that it looks at: packets, and logs. */
@Timeout(120)
class KeptFilesTest extends WatchedRuns {
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
