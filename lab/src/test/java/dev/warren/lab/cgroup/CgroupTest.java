package dev.warren.lab.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.lab.description.HostLimits;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.FailingKernel;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.SystemCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CgroupTest {
  private static final HostLimits LIMITS = HostLimits.NONE.withProcesses(20);

  @Test
  void leavesNothingWhenItCannotBeMade() throws IOException {
    MayLimit.assume("pids");
    FailingKernel kernel =
        new FailingKernel(Kernel.real(), call -> call == SystemCall.OPENAT, 1, Errno.EMFILE);

    assertThatThrownBy(() -> Cgroup.make(kernel, "unlucky", LIMITS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("EMFILE");

    try (Stream<Path> all = Files.walk(MayLimit.place("pids").orElseThrow().top())) {
      assertThat(all).noneMatch(folder -> folder.toString().endsWith("-unlucky"));
    }
  }

  @Test
  void isGoneWhenItIsClosed() throws IOException {
    MayLimit.assume("pids");
    Path folder;
    try (Cgroup cgroup = Cgroup.make(Kernel.real(), "brief", LIMITS)) {
      folder = cgroup.folders().getFirst();
      assertThat(folder.resolve("pids.max")).hasContent("20");
    }

    assertThat(folder).doesNotExist();
  }
}
