package dev.warren.lab;

import static dev.warren.lab.LabFixture.TWO_HOSTS;
import static dev.warren.lab.LabFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warren.linux.kernel.Architecture;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.FailingKernel;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.process.InitProgram;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Process 1 of a host: a program of our own, or a shell where that is refused. */
@Timeout(300)
class HostInitTest {
  /** Which program of a lab it is: the first seals what hosts see of the machine. */
  private static final int FIRST_INIT = 2;

  @TempDir Path state;

  @Test
  void itIsCalledInit() throws Exception {
    assumeTrue(InitProgram.of(Architecture.current()).isPresent(), "it is a shell on this machine");
    try (Lab lab = Lab.start(TWO_HOSTS, LabSettings.in(state))) {
      assertThat(ask(lab.host("a"), "cat /proc/1/comm; tr '\\0' '|' < /proc/1/cmdline"))
          .startsWith("init\ninit|");
    }
  }

  @Test
  void itHasNothingOpenButWhatItWaitsFor() throws Exception {
    assumeTrue(InitProgram.of(Architecture.current()).isPresent(), "it is a shell on this machine");
    try (Lab lab = Lab.start(TWO_HOSTS, LabSettings.in(state))) {
      assertThat(ask(lab.host("a"), "ls /proc/1/fd; readlink /proc/1/cwd")).isEqualTo("0\n/");
    }
  }

  @Test
  void aHostThatIsRebootedHasOneAgain() throws Exception {
    try (Lab lab = Lab.start(TWO_HOSTS, LabSettings.in(state))) {
      lab.host("a").reboot();

      assertThat(ask(lab.host("a"), "hostname; ls -d /proc/[0-9]* | grep -c /proc/1$"))
          .isEqualTo("a\n1");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EACCES", "ENOEXEC", "ETXTBSY"})
  void aShellDoesTheSameWhereTheProgramIsRefused(Errno refusal) throws Exception {
    assumeTrue(InitProgram.of(Architecture.current()).isPresent(), "it is a shell on this machine");
    Kernel refusing = new FailingKernel(Kernel.real(), _ -> false, FIRST_INIT, refusal);
    try (Lab lab =
        Lab.start(TWO_HOSTS, LabSettings.in(state).withKernel(refusing).withHostsAtOnce(1))) {
      await().untilAsserted(() -> assertThat(ask(lab.root(), "cat /proc/1/comm")).isEqualTo("cat"));
      assertThat(ask(lab.host("a"), "cat /proc/1/comm")).isEqualTo("init");
    }
  }

  @Test
  void aMachineWithoutRoomForProcessesIsNoReasonForAShell() {
    Kernel refusing = new FailingKernel(Kernel.real(), _ -> false, FIRST_INIT, Errno.EAGAIN);

    assertThatIOException()
        .isThrownBy(() -> Lab.start(TWO_HOSTS, LabSettings.in(state).withKernel(refusing)).close())
        .withMessageContaining("start init of host")
        .withMessageContaining("EAGAIN");
  }
}
