package dev.warren.linux.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warren.linux.OwnThread;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.DescriptorInputStream;
import dev.warren.linux.kernel.DescriptorOutputStream;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.kernel.Pipe;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SpawnerTest {
  private final Kernel kernel = Kernel.real();
  private final Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin", "GREETING", "hi");

  @Test
  void argumentsEnvironmentAndDirectoryArrive() throws Exception {
    SpawnedProcess process = start("sh", "-c", "echo \"$0|$GREETING|$(pwd)\"", "a b");

    assertThat(output(process)).isEqualTo("a b|hi|/usr\n");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void standardInputIsRead() throws Exception {
    SpawnedProcess process = start("cat");
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write("through".getBytes(UTF_8));
    }

    assertThat(output(process)).isEqualTo("through");
  }

  @Test
  void noOtherDescriptorLeaksIntoTheChild() throws Exception {
    SpawnedProcess process = start("ls", "/proc/self/fd");

    // 3 is the one with which ls reads the folder.
    assertThat(output(process)).isEqualTo("0\n1\n2\n3\n");
  }

  @Test
  void theExitCodeIsTheChilds() throws Exception {
    assertThat(start("sh", "-c", "exit 7").waitFor()).isEqualTo(7);
  }

  @Test
  void aKilledChildGives128AndTheSignal() throws Exception {
    SpawnedProcess process = start("sleep", "60");
    process.destroy();

    assertThat(process.waitFor()).isEqualTo(128 + 15);
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void waitingEndsWithTheTimeLimit() throws Exception {
    SpawnedProcess process = start("sleep", "60");

    assertThat(process.waitFor(10, TimeUnit.MILLISECONDS)).isFalse();

    assertThat(process.destroyForcibly().waitFor()).isEqualTo(128 + 9);
  }

  @Test
  void aProgramThatIsNotThereIsNamed() {
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> start("no-such-program"))
        .withMessage(
            "start no-such-program: ENOENT (No such file or directory): not found in PATH"
                + " /usr/bin:/bin");
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> start("/no/such/program"))
        .satisfies(failure -> assertThat(failure.is(Errno.ENOENT)).isTrue());
  }

  @Test
  void aThreadInANewPidNamespaceStartsItsFirstProcess() throws Exception {
    Pipe pipe = Pipe.open(kernel);
    long pid =
        OwnThread.call(
            () -> {
              new Namespaces(kernel).unshare(EnumSet.of(NamespaceKind.PID));
              return new Spawner(kernel)
                  .spawn(request(pipe, List.of("sh", "-c", "echo $$"), pipe.reader()));
            });
    PidFd pidFd = PidFd.adopt(kernel, pid);
    pipe.writer().close();

    assertThat(pidFd.awaitExit()).isZero();
    try (InputStream out = new DescriptorInputStream(kernel, pipe.reader())) {
      assertThat(new String(out.readAllBytes(), UTF_8)).isEqualTo("1\n");
    }
    pidFd.close();
  }

  private SpawnRequest request(Pipe output, List<String> command, Descriptor input) {
    return SpawnRequest.of(
        command, environment, Path.of("/usr"), input, output.writer(), output.writer());
  }

  private SpawnedProcess start(String... command) throws KernelException {
    Pipe input = Pipe.open(kernel);
    Pipe output = Pipe.open(kernel);
    try {
      long pid = new Spawner(kernel).spawn(request(output, List.of(command), input.reader()));
      return new SpawnedProcess(
          pid,
          PidFd.adopt(kernel, pid),
          new DescriptorOutputStream(kernel, input.writer()),
          new DescriptorInputStream(kernel, output.reader()),
          InputStream.nullInputStream());
    } finally {
      input.reader().close();
      output.writer().close();
    }
  }

  private static String output(Process process) throws Exception {
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }
}
