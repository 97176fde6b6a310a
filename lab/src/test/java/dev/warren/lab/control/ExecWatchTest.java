package dev.warren.lab.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecWatchTest {
  /** How much the watch reads at a time. */
  private static final int READ = 4096;

  @TempDir private Path folder;

  @Test
  void aPidThatTwoReadsShareIsOne() throws Exception {
    try (ExecWatch watch = ExecWatch.start(folder)) {
      Process launcher = new ProcessBuilder("sh", "-c", "sleep 50; :").start();
      try (OutputStream pipe =
          Files.newOutputStream(folder.resolve(ExecWatch.PIPE), StandardOpenOption.WRITE)) {
        String lines = "\n".repeat(READ - 1) + launcher.pid() + "\n";
        pipe.write(lines.getBytes(StandardCharsets.US_ASCII));

        await().untilAsserted(() -> assertThat(watch.watched()).containsExactly(launcher.pid()));
      } finally {
        launcher.destroyForcibly().waitFor();
      }
    }
  }
}
