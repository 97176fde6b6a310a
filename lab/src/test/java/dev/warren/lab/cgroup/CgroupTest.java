package dev.warren.lab.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warren.lab.description.HostLimits;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.FailingKernel;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.SystemCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CgroupTest {
  private static final Path TREE = Path.of("/sys/fs/cgroup/pids");
  private static final HostLimits LIMITS = HostLimits.NONE.withProcesses(20);

  @Test
  void leavesNothingWhenItCannotBeMade() throws IOException {
    assumeMayLimit();
    FailingKernel kernel =
        new FailingKernel(Kernel.real(), call -> call == SystemCall.OPENAT, 1, Errno.EMFILE);

    assertThatThrownBy(() -> Cgroup.make(kernel, "unlucky", LIMITS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("EMFILE");

    assertThat(TREE.toFile().list()).noneMatch(name -> name.endsWith("-unlucky"));
  }

  @Test
  void isGoneWhenItIsClosed() throws IOException {
    assumeMayLimit();
    Path folder;
    try (Cgroup cgroup = Cgroup.make(Kernel.real(), "brief", LIMITS)) {
      folder = cgroup.folders().getFirst();
      assertThat(folder.resolve("pids.max")).hasContent("20");
    }

    assertThat(folder).doesNotExist();
  }

  /** As in HostLimitsTest: what somebody else manages is not a test's to divide. */
  private static void assumeMayLimit() throws IOException {
    assumeTrue(
        Files.isWritable(TREE)
            && Files.readString(Path.of("/proc/self/cgroup")).contains(":pids:/\n"),
        "no cgroup that a test may divide");
  }
}
