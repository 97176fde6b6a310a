package dev.warren.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KernelExceptionTest {
  @Test
  void saysWhatFailedOnWhatAndWhy() {
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(
            () -> Descriptor.open(Kernel.real(), Path.of("/no/such/file"), Descriptor.O_RDONLY))
        .withMessage("open /no/such/file: ENOENT (No such file or directory)")
        .satisfies(failure -> assertThat(failure.is(Errno.ENOENT)).isTrue());
  }

  @Test
  void saysWhatToDoWhereTheCauseIsKnown() {
    assertThat(KernelException.of("unshare net", Errno.EPERM.number()))
        .hasMessageContaining("see `warren doctor`");
  }

  @Test
  void staysReadableForAnErrorThatIsNotInTheTable() {
    KernelException failure = KernelException.of("read descriptor 5", 512);

    assertThat(failure).hasMessage("read descriptor 5: error 512");
    assertThat(failure.errno()).isEmpty();
  }

  @Test
  void keepsTheKernelsOwnWords() {
    assertThat(KernelException.explained("create bridge b", Errno.EINVAL.number(), "too odd"))
        .hasMessage("create bridge b: EINVAL (Invalid argument): too odd");
  }
}
