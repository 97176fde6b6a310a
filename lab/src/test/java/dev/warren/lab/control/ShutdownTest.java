package dev.warren.lab.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShutdownTest {
  @Test
  void asksTheSupervisorAndWaitsForItsEnd() throws Exception {
    Process supervisor = start("trap 'exit 0' TERM");

    assertThat(Shutdown.of(labOf(supervisor), Duration.ofSeconds(10))).isTrue();

    assertThat(supervisor.waitFor()).isZero();
  }

  @Test
  void killsASupervisorThatDoesNotListen() throws Exception {
    Process supervisor = start("trap '' TERM");

    assertThat(Shutdown.of(labOf(supervisor), Duration.ofMillis(200))).isFalse();

    assertThat(supervisor.waitFor()).isEqualTo(128 + 9);
  }

  /** A shell that says when its trap is set, and then reads from a pipe for ever. */
  private static Process start(String trap) throws IOException {
    Process process = new ProcessBuilder("sh", "-c", trap + "; echo set; read line").start();
    assertThat(process.inputReader().readLine()).isEqualTo("set");
    return process;
  }

  private static RunningLab labOf(Process supervisor) {
    return new RunningLab(
        "demo",
        ProcessIdentity.of(supervisor.pid()).orElseThrow(),
        Instant.now(),
        Path.of("/nowhere"),
        List.of());
  }
}
