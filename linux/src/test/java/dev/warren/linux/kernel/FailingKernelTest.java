package dev.warren.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FailingKernelTest {
  @Test
  void failsTheNthWatchedCallAndNoOther() {
    FailingKernel kernel =
        new FailingKernel(Kernel.real(), call -> call == SystemCall.GETTID, 2, Errno.EIO);

    assertThat(kernel.call(SystemCall.GETTID, 0, 0, 0)).isPositive();
    assertThat(kernel.call(SystemCall.CLOSE, -1, 0, 0)).isEqualTo(-Errno.EBADF.number());
    assertThat(kernel.call(SystemCall.GETTID, 0, 0, 0)).isEqualTo(-Errno.EIO.number());
    assertThat(kernel.call(SystemCall.GETTID, 0, 0, 0)).isPositive();
    assertThat(kernel.seen()).isEqualTo(3);
    assertThat(kernel.failure())
        .hasValueSatisfying(
            failure -> assertThat(failure).asString().startsWith("gettid with EIO on "));
  }

  @Test
  void aCloseThatFailsHasClosed() throws Exception {
    FailingKernel kernel =
        new FailingKernel(Kernel.real(), call -> call == SystemCall.CLOSE, 1, _ -> Errno.EIO);
    Descriptor descriptor = Descriptor.open(kernel, Path.of("/dev/null"), Descriptor.O_RDONLY);
    int number = descriptor.number();

    assertThat(kernel.call(SystemCall.CLOSE, number, 0, 0)).isEqualTo(-Errno.EIO.number());

    assertThat(Path.of("/proc/self/fd", Integer.toString(number))).doesNotExist();
  }
}
