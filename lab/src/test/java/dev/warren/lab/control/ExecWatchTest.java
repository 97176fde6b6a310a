package dev.warren.lab.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.linux.process.ProcessStat;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecWatchTest {
  @TempDir private Path folder;

  @Test
  void aPidThatTwoReadsShareIsOne() throws Exception {
    try (ExecWatch watch = ExecWatch.start(folder)) {
      Process launcher = new ProcessBuilder("sh", "-c", "sleep 50; :").start();
      try (OutputStream pipe =
          Files.newOutputStream(folder.resolve(ExecWatch.PIPE), StandardOpenOption.WRITE)) {
        String lines = "\n".repeat(ExecWatch.READ - 1) + launcher.pid() + "\n";
        pipe.write(lines.getBytes(StandardCharsets.US_ASCII));

        await().untilAsserted(() -> assertThat(watch.watched()).containsExactly(launcher.pid()));
      } finally {
        launcher.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void whatIsNoPidIsLeftOut() {
    assertThat(pids("0\n-1\n+5\n 6\n7 \n08\n9x\n2147483648\n99999999999\n\nend\n\0\n")).isEmpty();
    assertThat(pids("4194304\n1\n4194304\n12")).containsExactly(4194304L, 1L);
  }

  @Test
  void aLineWithoutEndIsNotKept() {
    ExecWatch.PidLines lines = new ExecWatch.PidLines();
    byte[] digits = "1".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);

    for (int i = 0; i < 100; i++) {
      assertThat(lines.take(digits, digits.length)).isEmpty();
    }

    assertThat(lines.held()).isLessThan(100);
    assertThat(lines.take(new byte[] {'\n', '7', '\n'}, 3)).containsExactly(7L);
  }

  @Test
  void garbageInThePipeDoesNotEndTheWatch() throws Exception {
    try (ExecWatch watch = ExecWatch.start(folder)) {
      Process launcher = new ProcessBuilder("sh", "-c", "sleep 50; :").start();
      try (OutputStream pipe =
          Files.newOutputStream(folder.resolve(ExecWatch.PIPE), StandardOpenOption.WRITE)) {
        byte[] garbage = new byte[3 * ExecWatch.READ];
        RandomGeneratorFactory.getDefault().create(1).nextBytes(garbage);
        pipe.write(garbage);
        pipe.write("\nend\n%s\n".formatted(launcher.pid()).getBytes(StandardCharsets.US_ASCII));

        await().untilAsserted(() -> assertThat(watch.watched()).containsExactly(launcher.pid()));
      } finally {
        launcher.destroyForcibly().waitFor();
      }
    }
  }

  /** A pipe takes any PID: those of the machine's processes too. */
  @Test
  void aProcessThatIsInNoHostIsNotEnded() throws Exception {
    Path note = folder.resolve("note");
    try (ExecWatch watch = ExecWatch.start(folder)) {
      Process parent =
          new ProcessBuilder("sh", "-c", "sleep 30 >&- & echo $! >" + note + "; wait").start();
      await().until(() -> Files.exists(note) && Files.size(note) > 1);
      long child = Long.parseLong(Files.readString(note).strip());
      try (OutputStream pipe =
          Files.newOutputStream(folder.resolve(ExecWatch.PIPE), StandardOpenOption.WRITE)) {
        pipe.write((parent.pid() + "\n").getBytes(StandardCharsets.US_ASCII));
        await().untilAsserted(() -> assertThat(watch.watched()).containsExactly(parent.pid()));
      }

      parent.destroyForcibly().waitFor();

      await().until(() -> watch.watched().isEmpty());
      await()
          .during(Duration.ofMillis(200))
          .untilAsserted(
              () -> assertThat(ProcessStat.of(child).map(ProcessStat::hasEnded)).contains(false));
      ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private static Set<Long> pids(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return new ExecWatch.PidLines().take(bytes, bytes.length);
  }
}
