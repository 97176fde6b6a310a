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
  void saysWhatItCameInTheWayOf() {
    KernelException failure = KernelException.of("pipe2", Errno.EMFILE.number());

    assertThat(failure.during("start ls in host a"))
        .hasMessage(
            "start ls in host a: pipe2: EMFILE (Too many open files): this process has too many"
                + " files open: raise `ulimit -n`")
        .satisfies(same -> assertThat(same.is(Errno.EMFILE)).isTrue());
  }

  @Test
  void doesNotSayTheSameTwice() {
    KernelException failure = KernelException.of("start ls", Errno.ENOENT.number());

    assertThat(failure.during("start ls in host a"))
        .hasMessage("start ls in host a: ENOENT (No such file or directory)");
  }

  @Test
  void keepsTheKernelsOwnWords() {
    assertThat(KernelException.explained("create bridge b", Errno.EINVAL.number(), "too odd"))
        .hasMessage("create bridge b: EINVAL (Invalid argument): too odd");
  }
}
