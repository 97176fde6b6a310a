package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line with a lab under cwrap. */
@Timeout(120)
class CwrapCommandsTest {
  private static final String LAB =
      """
      hosts:
        a:
          interface: 21
          users: [{name: ada, uid: 1234, gid: 4321}]
          services:
            hello: {script: 'echo hello from $(hostname); exec sleep 1000', ready: {log: hello}}
        b: {interface: 22}
      """;

  @TempDir private Path folder;
  private Checkout warren;
  private Process supervisor;

  @BeforeEach
  void start() throws Exception {
    warren = Checkout.make(folder.resolve("home"));
    Path file = Files.writeString(folder.resolve("two.yaml"), LAB);
    supervisor =
        warren
            .inAnotherJvm("up", "--isolation=cwrap", file.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(supervisor.inputReader().lines().filter(line -> line.startsWith("Lab")).findFirst())
        .hasValue("Lab two is up: hosts a, b; root host \"root\". Ctrl-C ends it.");
  }

  @AfterEach
  void end() throws Exception {
    supervisor.destroyForcibly().waitFor();
  }

  @Test
  void aCommandRunsInAHost() throws Exception {
    assertThat(warren.run("exec", "a", "--", "getent", "hosts", "b").text())
        .isEqualTo("fd00::5357:5f16 b\n");
    assertThat(warren.run("exec", "a", "hostname").text()).isEqualTo("a\n");
  }

  @Test
  void itsOptionsAreHeeded() throws Exception {
    Checkout.Result said =
        warren.run(
            "exec",
            "-u",
            "ada",
            "-w",
            "/usr",
            "-e",
            "X=it's y",
            "a",
            "--",
            "bash",
            "-c",
            "id -u; id -g; pwd; echo $X; exit 7");

    assertThat(said.text()).isEqualTo("1234\n4321\n/usr\nit's y\n");
    assertThat(said.code()).isEqualTo(7);
  }

  @Test
  void whatCannotBeInAHostIsRefused() throws Exception {
    assertThat(warren.run("exec", "a", "--", "ping", "-c1", "b").text())
        .isEqualTo("warren: ping: raw sockets need namespaces; this lab runs under cwrap\n");
    assertThat(warren.run("exec", "-u", "nobody-here", "a", "--", "true").text())
        .isEqualTo("warren: no user \"nobody-here\" in host two/a\n");
  }

  @Test
  void killingTheSupervisorEndsAllThatRuns() throws Exception {
    Process sleep = warren.start("exec", "a", "--", "sleep", "1001");
    await()
        .untilAsserted(
            () -> assertThat(sleep.info().commandLine()).get().asString().contains("sleep 1001"));

    supervisor.destroyForcibly().waitFor();

    assertThat(sleep.waitFor()).isEqualTo(128 + 9);
  }
}
