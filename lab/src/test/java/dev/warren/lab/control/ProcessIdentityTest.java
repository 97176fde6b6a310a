package dev.warren.lab.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.linux.process.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessIdentityTest {
  @TempDir private Path folder;

  @Test
  void isAliveWhileTheProcessRunsAndNotAfterwards() throws Exception {
    Process process = new ProcessBuilder("cat").start();
    ProcessIdentity identity = ProcessIdentity.of(process.pid()).orElseThrow();
    assertThat(identity.isAlive()).isTrue();

    process.getOutputStream().close();
    process.waitFor();

    assertThat(identity.isAlive()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "7", "0 1", "-1 5", "+7 5", "7 -5", "7  5", "2147483648 5", "\u0667 5"})
  void whatIsNoProcessIsNotRead(String text) {
    assertThat(ProcessIdentity.parse(text)).isEmpty();
  }

  @Test
  void isNotAliveWhenAnotherProcessHasThePid() {
    ProcessIdentity self = ProcessIdentity.current();
    ProcessIdentity earlier = new ProcessIdentity(self.pid(), self.start() - 1);

    assertThat(self.isAlive()).isTrue();
    assertThat(earlier.isAlive()).isFalse();
  }

  @Test
  void readsTheStartOfAProcessWhoseNameHoldsBlanksAndBrackets() throws Exception {
    Path program = folder.resolve("a) S (b");
    Files.copy(Path.of("/bin/cat"), program);
    Process process = new ProcessBuilder(program.toString()).start();
    try {
      assertThat(ProcessIdentity.of(process.pid()).orElseThrow().start())
          .isGreaterThanOrEqualTo(ProcessIdentity.current().start());
    } finally {
      process.getOutputStream().close();
    }
  }

  @Test
  void sendsNoSignalToALaterProcessWithItsPid() throws Exception {
    Process process = new ProcessBuilder("cat").start();
    ProcessIdentity identity = ProcessIdentity.of(process.pid()).orElseThrow();

    new ProcessIdentity(identity.pid(), identity.start() - 1).send(Signal.KILL);
    process.getOutputStream().close();

    assertThat(process.waitFor()).isZero();
  }

  @Test
  void isReadBackFromItsText() {
    ProcessIdentity identity = new ProcessIdentity(12, 345);

    assertThat(ProcessIdentity.parse(identity + "\n")).contains(identity);
    assertThat(ProcessIdentity.parse("")).isEmpty();
    assertThat(ProcessIdentity.parse("12")).isEmpty();
    assertThat(ProcessIdentity.parse("12 x")).isEmpty();
  }
}
