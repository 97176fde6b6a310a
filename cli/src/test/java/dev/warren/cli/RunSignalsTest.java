package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs of plans that get real signals. */
@Timeout(120)
class RunSignalsTest {
  @TempDir private Path folder;
  private Checkout warren;
  private Path output;
  private final List<Process> runs = new ArrayList<>();

  @BeforeEach
  void make() throws Exception {
    warren = Checkout.make(folder.resolve("home"));
    output = folder.resolve("output");
    RunFiles.catalogue(folder);
  }

  @AfterEach
  void end() throws Exception {
    for (Process run : runs) {
      run.destroyForcibly().waitFor();
    }
  }

  @Test
  void controlCStopsTheRunAndLeavesTheReports() throws Exception {
    start(RunFiles.suite("first", "true") + RunFiles.suite("second", "echo begun; sleep 310"));
    awaitLog("second", "begun");
    signal("INT");
    assertThat(run().waitFor()).isEqualTo(130);
    assertThat(output)
        .content()
        .contains("Stopping; a second time ends it at once", "The run ended early: it was stopped");
    assertThat(folder.resolve("st/summary")).content().contains("The run ended early");
    assertThat(folder.resolve("st/subunit"))
        .content()
        .contains("testsuite-success: first", "begun", "testsuite-error: second");
    assertThat(folder.resolve("st/junit/TEST-first.xml")).exists();
    assertThat(folder.resolve("st/server/httpd.log")).exists();
    assertThat(processes("sleep 310")).isEmpty();
  }

  @Test
  void aSecondControlCEndsItAtOnce() throws Exception {
    // Deaf to the first one: the clean end waits a second for it.
    start(
        RunFiles.suite("stubborn", "trap '' TERM INT; echo begun; while :; do sleep 0.311; done"));
    awaitLog("stubborn", "begun");
    signal("INT");
    await().until(() -> Files.readString(output).contains("Stopping"));
    signal("INT");
    assertThat(run().waitFor()).isEqualTo(130);
    assertThat(folder.resolve("st/summary")).doesNotExist();
    await().untilAsserted(() -> assertThat(processes("0.311")).isEmpty());
  }

  @Test
  void terminationIsAsCleanAsControlC() throws Exception {
    start(RunFiles.suite("only", "echo begun; sleep 312"));
    awaitLog("only", "begun");
    signal("TERM");
    assertThat(run().waitFor()).isEqualTo(130);
    assertThat(folder.resolve("st/summary")).exists();
  }

  @Test
  void aHeldLabCanBeEnteredAndControlCLetsTheRunGoOn() throws Exception {
    start(
        RunFiles.suite("bad", "exit 1") + RunFiles.suite("good", "echo after"),
        "--hold",
        "--capture");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.readString(output).contains("lets the run go on."));
    assertThat(output)
        .content()
        .contains(
            "CAPTURE: captures/bad.pcapng",
            "The lab of bad is kept.",
            "  warren shell test-p-server/client\n",
            "  warren shell test-p-server/www\n");
    assertThat(
            warren
                .run(
                    "exec",
                    "test-p-server/www",
                    "--",
                    "sh",
                    "-c",
                    ". /run/warren/st/hold.env; echo $ADDRESS $SELFTEST_PREFIX")
                .text())
        .isEqualTo("10.53.57.30 /run/warren/st\n");
    assertThat(folder.resolve("st/suites/good.log")).doesNotExist();
    signal("INT");
    assertThat(run().waitFor()).isEqualTo(1);
    assertThat(folder.resolve("st/suites/good.log")).content().contains("after");
    assertThat(output).content().contains("FAILED (0 failures");
  }

  @Test
  void mistakesInOptionsAreToldBeforeAnythingStarts() throws Exception {
    start(RunFiles.suite("x", "true"), "--debug=htpd");
    assertThat(run().waitFor()).isEqualTo(2);
    assertThat(output)
        .hasContent(
            "--debug: no testenv that is to be set up has a service \"htpd\", only httpd; did you mean"
                + " \"httpd\"?");
    assertThat(folder.resolve("st")).doesNotExist();
  }

  private void start(String plan, String... options) throws IOException {
    runs.add(
        warren
            .inAnotherJvm(RunFiles.command(folder, plan, options))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start());
  }

  private Process run() {
    return runs.getFirst();
  }

  private void awaitLog(String suite, String text) {
    Path log = folder.resolve("st/suites/" + suite + ".log");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.exists(log) && Files.readString(log).contains("\n" + text));
  }

  private void signal(String name) throws Exception {
    assertThat(new ProcessBuilder("kill", "-s", name, Long.toString(run().pid())).start().waitFor())
        .isZero();
  }

  private static List<String> processes(String words) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.flatMap(process -> process.info().commandLine().stream())
          .filter(line -> line.contains(words))
          .toList();
    }
  }
}
