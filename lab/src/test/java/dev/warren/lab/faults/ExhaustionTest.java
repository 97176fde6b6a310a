package dev.warren.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where there is too little of something a lab does not start; the error says what helps, nothing
 * is left, and the next one starts once there is enough again.
 */
class ExhaustionTest {
  @TempDir private Path state;

  @Test
  void tooFewDescriptors() throws Exception {
    requireRefused("descriptors");
  }

  @Test
  void tooFewProcesses() throws Exception {
    assumeFalse(isRoot(), "nobody counts the machine's root's processes (fork(2))");

    requireRefused("processes");
  }

  @Test
  void aDiskThatIsFull() throws Exception {
    requireRefused("disk");
  }

  @ParameterizedTest
  @ValueSource(strings = {"net", "mnt", "uts", "ipc", "pid", "user"})
  void tooFewNamespaces(String kind) throws Exception {
    requireRefused(kind);
  }

  private void requireRefused(String scarce) throws Exception {
    assertThat(FewNamespaces.run(ScarceLab.class, state, scarce))
        .containsPattern(scarce + ": refused [0-9]+ times, nothing left");
  }

  /** Whether root in here is root outside. */
  private static boolean isRoot() throws IOException {
    return Files.readString(Path.of("/proc/self/uid_map")).strip().split("\\s+", -1)[1].equals("0");
  }
}
