package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code warren capture} of a lab which another process keeps. */
@Timeout(60)
class CaptureCommandTest {
  @TempDir private Path folder;
  private ControlledLab lab;

  @BeforeEach
  void start() throws Exception {
    lab = ControlledLab.start(folder);
  }

  @AfterEach
  void end() throws Exception {
    lab.kill();
  }

  @Test
  void aCaptureEndsAfterItsTimeWithACompleteFile() throws Exception {
    Path packets = folder.resolve("a.pcapng");

    Checkout.Result result =
        lab.run("capture", "two/a", "-o", packets.toString(), "--for", "100ms");

    assertThat(result.text())
        .startsWith("Capturing a; for 100ms.\n")
        .containsPattern("[0-9]+ packets captured, 0 dropped\\.\n");
    assertThat(result.code()).isZero();
    // The type of the last block (draft-ietf-opsawg-pcapng, 4.6): interface statistics.
    assertThat(lastBlock(Files.readAllBytes(packets))).isEqualTo(5);
    await()
        .untilAsserted(
            () ->
                assertThat(lab.run("events").text())
                    .contains("capture-started of=a:veth1 file=" + packets)
                    .contains("capture-ended of=a:veth1 file=" + packets));
  }

  @Test
  void hostsAndNetworksAreFoundAmongSeveralLabs() throws Exception {
    Path other =
        Files.writeString(
            folder.resolve("other.yaml"),
            """
            networks: {lan: {ipv4: 10.9.0.0/24}, back: {ipv4: 10.8.0.0/24}}
            hosts: {c: {interfaces: [{network: back}]}}
            """);
    Process second =
        lab.warren().inAnotherJvm("up", other.toString()).redirectErrorStream(true).start();
    try {
      assertThat(second.inputReader().readLine()).startsWith("Lab other is up: ");
      String file = folder.resolve("x.pcapng").toString();

      assertThat(lab.run("capture", "a:veth1", "-o", file, "--for", "10ms").code()).isZero();
      assertThat(lab.run("capture", "c", "-o", file, "--for", "10ms").code()).isZero();
      assertThat(lab.run("partition", "back", "c").text()).isEqualTo("Network back is parted.\n");
      assertThat(lab.run("capture", "lan", "-o", file).text())
          .isEqualTo("warren: several labs have \"lan\", say LAB/lan: other, two\n");
    } finally {
      second.destroyForcibly().waitFor();
    }
  }

  @Test
  void aCaptureGoesToAPipeUntilCtrlC() throws Exception {
    Process capture = lab.warren().inAnotherJvm("capture", "lan", "-o", "-").start();
    assertThat(capture.errorReader().readLine()).isEqualTo("Capturing lan; Ctrl-C ends it.");
    lab.launch("exec", "a", "--", "ping", "-c", "1", "10.9.0.2");

    new ProcessBuilder("kill", "-INT", Long.toString(capture.pid())).start().waitFor();

    byte[] file = capture.getInputStream().readAllBytes();
    assertThat(capture.errorReader().readLine())
        .matches("[1-9][0-9]* packets captured, 0 dropped.");
    assertThat(capture.waitFor()).isZero();
    assertThat(lastBlock(file)).isEqualTo(5);
  }

  @Test
  void aCaptureEndsWithWhoWantedIt() throws Exception {
    Process capture = lab.warren().inAnotherJvm("capture", "lan", "-o", "-").start();
    assertThat(capture.errorReader().readLine()).startsWith("Capturing lan");

    capture.destroyForcibly().waitFor();

    await()
        .untilAsserted(() -> assertThat(lab.run("events").text()).contains("capture-ended of=lan"));
  }

  @Test
  void aCaptureThatCannotBeLeavesTheFileAlone() throws Exception {
    Path packets = Files.writeString(folder.resolve("a.pcapng"), "mine");

    assertThat(lab.run("capture", "two/wan", "-o", packets.toString()))
        .isEqualTo(new Checkout.Result(2, "warren: lab two has no host or network wan\n"));
    assertThat(lab.run("capture", "a", "-o", packets.toString(), "--for", "soon").code())
        .isEqualTo(2);
    assertThat(lab.run("capture", "a", "-o", packets.toString(), "--snap", "0").code())
        .isEqualTo(2);
    assertThat(packets).hasContent("mine");
    assertThat(lab.run("capture", "a", "-o", folder.resolve("no/a.pcapng").toString()).text())
        .contains("there is no folder");
    assertThat(lab.run("events").text()).doesNotContain("capture-");
  }

  private static int lastBlock(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.nativeOrder());
    return bytes.getInt(file.length - bytes.getInt(file.length - 4));
  }
}
