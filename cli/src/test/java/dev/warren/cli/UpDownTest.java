package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.lab.control.RunningLab;
import dev.warren.lab.control.RunningLabs;
import dev.warren.lab.control.Shutdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A lab from a file, kept by a JVM of its own. */
@Timeout(60)
class UpDownTest {
  @TempDir private Path folder;
  private Checkout warren;
  private Process supervisor;

  @BeforeEach
  void start() throws Exception {
    warren = Checkout.make(folder.resolve("home"));
    Path file = Files.writeString(folder.resolve("two.yaml"), "hosts:\n  a:\n  b:\n");
    supervisor = warren.inAnotherJvm("up", file.toString()).redirectErrorStream(true).start();
    assertThat(supervisor.inputReader().readLine())
        .isEqualTo("Lab two is up: hosts a, b; root host \"root\". Ctrl-C ends it.");
  }

  @AfterEach
  void end() throws Exception {
    supervisor.destroyForcibly().waitFor();
  }

  @Test
  void hostsReachEachOtherByName() throws Exception {
    assertThat(warren.run("exec", "a", "--", "getent", "hosts", "b").text())
        .contains("fd00::5357:5f02");
  }

  @Test
  void downEndsItAndLeavesNothing() throws Exception {
    RunningLab lab = lab();

    assertThat(Shutdown.of(lab, Duration.ofSeconds(20))).isTrue();

    assertThat(supervisor.waitFor()).isZero();
    assertNothingIsLeftOf(lab);
  }

  @Test
  void controlCEndsItWithSuccess() throws Exception {
    RunningLab lab = lab();

    new ProcessBuilder("kill", "-s", "INT", Long.toString(supervisor.pid())).start().waitFor();

    assertThat(supervisor.waitFor()).isZero();
    assertNothingIsLeftOf(lab);
  }

  @Test
  void killingTheSupervisorLeavesNothing() throws Exception {
    RunningLab lab = lab();

    supervisor.destroyForcibly().waitFor();

    assertNothingIsLeftOf(lab);
  }

  private RunningLab lab() throws IOException {
    return RunningLabs.in(warren.runtime()).find("two").orElseThrow();
  }

  private static void assertNothingIsLeftOf(RunningLab lab) {
    await()
        .untilAsserted(
            () -> {
              assertThat(lab.directory()).doesNotExist();
              assertThat(lab.hosts()).noneMatch(host -> host.init().isAlive());
            });
  }
}
