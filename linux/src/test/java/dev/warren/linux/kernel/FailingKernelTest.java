package dev.warren.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;

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
  }
}
