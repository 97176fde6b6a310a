package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warren.cli.Checkout.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A lab whose socket and pipe somebody floods; and who can reach them at all. */
@Timeout(120)
class FloodedLabTest {
  @TempDir Path folder;

  @Test
  void aFloodOfConnectionsAndGarbageLeavesTheLabWell() throws Exception {
    ControlledLab lab = ControlledLab.start(folder);
    List<SocketChannel> flood = new ArrayList<>();
    try {
      Path registered = lab.warren().runtime().resolve("two");
      UnixDomainSocketAddress socket = UnixDomainSocketAddress.of(registered.resolve("control"));
      for (int i = 0; i < 100; i++) {
        SocketChannel one = SocketChannel.open(socket);
        flood.add(one);
        begin(one, i % 2 == 0 ? "{\"type\":\"usage\"" : "\0".repeat(100_000));
      }
      garbage(registered.resolve("execs"));

      Result refused = lab.run("ps");
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.text())
          .contains("the lab has 64 connections already: try again when others have ended");
      assertThat(lab.run("ls").text()).contains("two", "10.9.0.1");
      assertThat(lab.launch("exec", "a", "--", "hostname")).isEqualTo(new Result(0, "a\n"));

      for (SocketChannel one : flood) {
        one.close();
      }
      await().untilAsserted(() -> assertThat(lab.run("ps").code()).isZero());
      aCommandStillEndsWithItsLauncher(lab);
      assertThat(lab.run("down", "two").code()).isZero();
    } finally {
      for (SocketChannel one : flood) {
        one.close();
      }
      lab.kill();
    }
  }

  private static void begin(SocketChannel channel, String text) {
    try {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException turnedAway) {
      assertThat(turnedAway).hasMessageMatching("Broken pipe|Connection reset.*");
    }
  }

  private static void garbage(Path pipe) throws IOException {
    try (OutputStream out = Files.newOutputStream(pipe, StandardOpenOption.WRITE)) {
      out.write("9".repeat(1 << 18).getBytes(StandardCharsets.US_ASCII));
      out.write("\nend\n-1\n0\n1\n4194304\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static void aCommandStillEndsWithItsLauncher(ControlledLab lab) throws Exception {
    Process launcher =
        lab.warren().start("exec", "a", "--", "sh", "-c", "echo set; exec sleep 4711");
    assertThat(launcher.inputReader().readLine()).isEqualTo("set");
    Thread.sleep(500); // until the supervisor has looked at it: nobody outside can see that
    launcher.destroyForcibly().waitFor();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> lab.launch("exec", "a", "--", "sh", "-c", "cat /proc/[0-9]*/cmdline").text(),
            running -> !running.contains("4711"));
  }

  /** /run and /tmp are every host's own; another place is as visible as the rest of the machine. */
  @Test
  void aHostDoesNotSeeTheFolderOfRunningLabs() throws Exception {
    Optional<Path> place = visiblePlace();
    assumeTrue(place.isPresent(), "all folders that this user may write to are hosts' own");
    Path visible = Files.createTempDirectory(place.get(), "w");
    try {
      ControlledLab lab = ControlledLab.start(visible);
      try {
        Path runtime = lab.warren().runtime();
        assertThat(Files.exists(runtime.resolve("two/control"))).isTrue();

        assertThat(
                lab.launch(
                    "exec", "a", "--", "sh", "-c", "ls -A " + visible + " " + runtime + "; id -u"))
            .isEqualTo(
                new Result(0, "%s:\nhome\ntwo.yaml\n\n%s:\n0\n".formatted(visible, runtime)));
      } finally {
        lab.run("down", "two");
        lab.kill();
      }
    } finally {
      delete(visible);
    }
  }

  private static Optional<Path> visiblePlace() {
    return Stream.of(Path.of("target").toAbsolutePath(), Path.of(System.getProperty("user.home")))
        .filter(Files::isWritable)
        .filter(
            place ->
                Stream.of("/tmp", "/var/tmp", "/run", "/dev/shm", "/root")
                    .noneMatch(place::startsWith))
        .findFirst();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
