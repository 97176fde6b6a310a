package dev.warren.lab;

import static dev.warren.lab.LabFixture.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.warren.lab.process.HostCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process in a host is a java.lang.Process like any other. */
@Timeout(60)
class HostProcessTest {
  @TempDir static Path state;
  private static Lab lab;
  private static Host host;

  @BeforeAll
  static void start() throws IOException {
    lab = Lab.start(LabFixture.TWO_HOSTS, LabSettings.in(state));
    host = lab.host("a");
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @Test
  void streamsCarryBothWays() throws Exception {
    Process process = host.start(HostCommand.of("tr", "a-z", "A-Z"));
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write("burrow".getBytes(UTF_8));
    }

    assertThat(read(process)).isEqualTo("BURROW");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void errorsHaveAStreamOfTheirOwnUnlessMerged() throws Exception {
    HostCommand command = HostCommand.shell("echo out; echo err >&2");

    Process apart = host.start(command);
    assertThat(read(apart)).isEqualTo("out\n");
    assertThat(new String(apart.getErrorStream().readAllBytes(), UTF_8)).isEqualTo("err\n");
    assertThat(read(host.start(command.mergeErrors()))).isEqualTo("out\nerr\n");
  }

  @Test
  void outputGoesToAFileOfTheMachine(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("log");
    for (String word : new String[] {"one", "two"}) {
      Process process =
          host.start(HostCommand.of("echo", word).stdout(Redirect.appendTo(file.toFile())));
      assertThat(process.waitFor()).isZero();
    }

    assertThat(file).hasContent("one\ntwo");
  }

  @Test
  void theEnvironmentIsExactlyWhatWasGiven() throws Exception {
    Process process = host.start(HostCommand.of("/usr/bin/env").environment(Map.of("A", "b c")));

    assertThat(read(process)).isEqualTo("A=b c\n");
  }

  @Test
  void theDirectoryIsTheHosts() throws Exception {
    assertThat(read(host.start(HostCommand.of("pwd").directory(Path.of("/var/tmp")))))
        .isEqualTo("/var/tmp\n");
  }

  @Test
  void aScriptEndsAtItsFirstFailure() throws Exception {
    assertThat(host.start(HostCommand.shell("false | true; echo not reached")).waitFor())
        .isEqualTo(1);
  }

  @Test
  void signalsArriveAndShowInTheExitCode() throws Exception {
    Process process = host.start(HostCommand.of("sleep", "60"));
    process.destroy();

    assertThat(process.waitFor()).isEqualTo(128 + 15);
  }

  @Test
  void aProgramThatIsNotThereIsAnErrorOfTheStart() {
    assertThatIOException()
        .isThrownBy(() -> host.start(HostCommand.of("no-such-program")))
        .withMessageContaining("start no-such-program in host a: ENOENT");
  }

  @Test
  void javaCodeThatFailsFailsForTheCaller() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                host.call(
                    () -> {
                      throw new IOException("from inside");
                    }))
        .withMessage("from inside");
  }

  @Test
  void processesThatEndedHoldNoDescriptors() throws Exception {
    long before = descriptors();
    for (int i = 0; i < 20; i++) {
      Process process =
          host.start(HostCommand.of("true").stdin(Redirect.from(new java.io.File("/dev/null"))));
      assertThat(process.waitFor()).isZero();
      process.getInputStream().close();
      process.getErrorStream().close();
    }

    assertThat(descriptors()).isLessThan(before + 10);
  }

  private static long descriptors() throws IOException {
    try (var open = java.nio.file.Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  @Test
  void anInterruptReachesTheCodeInTheHost() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    FutureTask<String> task =
        new FutureTask<>(
            () -> {
              try {
                return host.call(
                    () -> {
                      inside.countDown();
                      Thread.sleep(Duration.ofMinutes(1));
                      return "slept";
                    });
              } catch (InterruptedException interrupted) {
                return "interrupted";
              }
            });
    Thread caller = Thread.ofPlatform().start(task);
    inside.await();

    caller.interrupt();

    assertThat(task.get()).isEqualTo("interrupted");
  }

  @Test
  void anInterruptThatComesEarlyIsKeptForTheCodeInTheHost() throws Exception {
    for (int i = 0; i < 50; i++) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptedException.class)
          .isThrownBy(
              () ->
                  host.call(
                      () -> {
                        Thread.sleep(Duration.ofMinutes(1));
                        return "slept";
                      }));
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aVirtualThreadMayAskForHostWork() throws Exception {
    FutureTask<String> task = new FutureTask<>(() -> read(host.start(HostCommand.of("hostname"))));
    Thread.ofVirtual().start(task);
    try {
      assertThat(task.get()).isEqualTo("a\n");
    } catch (ExecutionException failure) {
      throw new AssertionError(failure);
    }
  }
}
