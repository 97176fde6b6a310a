package dev.warren.lab.cwrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.Isolation;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.testing.OtherJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that is killed leaves nothing of its labs under cwrap. */
@Timeout(120)
class CwrapKillTest {
  @TempDir private Path state;

  /** Has a lab in which processes run that left their parents, and waits. */
  static final class Doomed {
    private Doomed() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
      LabDescription lab =
          LabDescription.builder("doomed")
              .isolation(Isolation.CWRAP)
              .host(HostDescription.named("a").on("selftest0", 30))
              .build();
      Lab running = Lab.start(lab, LabSettings.in(Path.of(arguments[0])));
      var _ = running.host("a").start(HostCommand.of("sleep", "1001"));
      var _ =
          running
              .host("a")
              .start(HostCommand.shell("setsid sleep 1002 </dev/null >/dev/null 2>&1 & exit 0"))
              .waitFor();
      OtherJvm.tellAndWait(running, List.of());
    }
  }

  @Test
  void killedItLeavesNothing() throws Exception {
    OtherJvm doomed = OtherJvm.start(Doomed.class, state);
    String mark = state.resolve("cwrap/hosts") + "/";
    assertThat(MarkedProcesses.find(mark)).hasSize(2);

    doomed.kill();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                MarkedProcesses.find(mark).isEmpty() && !state.resolve("cwrap").toFile().exists());
  }
}
