package dev.warren.lab.capture;

import static dev.warren.lab.capture.Talk.PORT;
import static dev.warren.lab.capture.Talk.datagrams;
import static dev.warren.lab.capture.Talk.port;
import static dev.warren.lab.capture.Talk.read;
import static dev.warren.lab.capture.Talk.talk;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.description.CaptureDescription;
import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabBuilder;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.testing.OtherJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is in a capture of a lab that runs. */
@Timeout(60)
@SuppressWarnings("try") // a capture is closed early, to be complete while its lab runs
class CaptureTest {
  private static final int ARP = 0x806;

  @TempDir private Path folder;

  @Test
  void aNetworksCaptureHasWhatGoesBetweenTwoHostsInOrder() throws Exception {
    Path file = folder.resolve("lan.pcapng");
    long began = now();
    try (Lab lab = start(lab());
        Capture capture = lab.capture(whole(new CaptureTarget.Network("lan"), file))) {
      talk(lab.host("a"), lab.host("b"), 5);
      await().atMost(20, SECONDS).until(() -> datagrams(file).size() >= 10);
      capture.close();

      // Each question once, though it came in at one port and went out at another.
      assertThat(datagrams(file))
          .containsExactly("q0", "r0", "q1", "r1", "q2", "r2", "q3", "r3", "q4", "r4");
      PcapngReader read = read(file);
      assertThat(read.interfaceNames).containsExactly("lan");
      // A frame's time is that at which a processor took it, which may be before one that it
      // follows.
      assertThat(read.packets)
          .extracting(PcapngReader.Packet::nanos)
          .allMatch(nanos -> nanos >= began && nanos <= now());
      assertThat(read.received).isEqualTo(read.packets.size());
      assertThat(read.dropped).isZero();
      assertThat(capture.counts()).isEqualTo(new CaptureCounts(read.packets.size(), 0));
    }
  }

  @Test
  void aLinksCaptureSeesItAsTheHostDoes() throws Exception {
    Path file = folder.resolve("a.pcapng");
    try (Lab lab = start(lab());
        Capture capture = lab.capture(whole(CaptureTarget.find(lab.description(), "a"), file))) {
      talk(lab.host("a"), lab.host("b"), 1);
      talk(lab.host("b"), lab.root(), 1);
      await().atMost(20, SECONDS).until(() -> datagrams(file).size() >= 2);
      capture.close();

      assertThat(datagrams(file)).as("b's other talk is not on this link").hasSize(2);
      PcapngReader read = read(file);
      assertThat(read.interfaceNames).containsExactly("a:veth30");
      assertThat(read.packets.stream().filter(Talk::isDatagram))
          .extracting(PcapngReader.Packet::direction)
          .containsExactly(2, 1);
    }
  }

  @Test
  void theNamesOfAllHostsAreInTheFile() throws Exception {
    Path file = folder.resolve("lan.pcapng");
    try (Lab lab = start(lab());
        Capture _ = lab.capture(whole(new CaptureTarget.Network("lan"), file))) {
      assertThat(read(file).names)
          .containsEntry(InetAddress.ofLiteral("10.1.0.30"), List.of("a.example.test", "a"))
          .containsEntry(InetAddress.ofLiteral("fd01::1e"), List.of("a.example.test", "a"))
          .containsEntry(InetAddress.ofLiteral("10.1.0.31"), List.of("b"))
          .containsEntry(InetAddress.ofLiteral("10.1.0.11"), List.of("root"));
    }
  }

  @Test
  void aCaptureFromTheStartHasTheFirstQuestionForAnAddress() throws Exception {
    Path lan = folder.resolve("lan.pcapng");
    Path link = folder.resolve("b.pcapng");
    LabDescription description =
        lab()
            .capture(whole(new CaptureTarget.Network("lan"), lan))
            .capture(whole(new CaptureTarget.Link("b", 0), link))
            .build();
    try (Lab lab = Lab.start(description, LabSettings.in(folder))) {
      talk(lab.host("a"), lab.host("b"), 1);
    }

    for (Path file : List.of(lan, link)) {
      PcapngReader read = read(file);
      assertThat(read.packets).as("%s", file).anyMatch(packet -> packet.type() == ARP);
      assertThat(read.received).as("it is complete").isEqualTo(read.packets.size());
    }
  }

  @Test
  void checksumsAreRightAlthoughTheKernelLeavesThemOut() throws Exception {
    Path file = folder.resolve("lan.pcapng");
    try (Lab lab = start(lab());
        Capture capture = lab.capture(whole(new CaptureTarget.Network("lan"), file))) {
      talk(lab.host("a"), lab.host("b"), 1);
      await().atMost(20, SECONDS).until(() -> datagrams(file).size() >= 2);
      capture.close();
      assertThat(read(file).packets.stream().filter(Talk::isDatagram))
          .allMatch(packet -> udpSum(packet.frame()) == 0xffff);
    }
  }

  @Test
  void aSnapLengthCutsFramesAndKeepsTheirLength() throws Exception {
    Path file = folder.resolve("lan.pcapng");
    CaptureDescription cut = new CaptureDescription(new CaptureTarget.Network("lan"), file, 20);
    try (Lab lab = start(lab());
        Capture capture = lab.capture(cut)) {
      talk(lab.host("a"), lab.host("b"), 1);
      await().atMost(20, SECONDS).until(() -> capture.counts().packets() >= 4);
    }
    assertThat(read(file).packets)
        .allMatch(packet -> packet.frame().length == 20)
        .anyMatch(packet -> packet.length() == 44);
  }

  @Test
  void whatIsSentInOneGoIsCapturedInOneGo() throws Exception {
    Path file = folder.resolve("lan.pcapng");
    try (Lab lab = start(lab());
        Capture capture = lab.capture(whole(new CaptureTarget.Network("lan"), file))) {
      InetAddress address = InetAddress.ofLiteral("10.1.0.31");
      try (ServerSocket server = lab.host("b").call(() -> new ServerSocket(PORT, 1, address))) {
        Thread reader = Thread.ofPlatform().start(() -> swallow(server));
        var _ =
            lab.host("a")
                .call(
                    () -> {
                      try (Socket socket = new Socket(address, PORT)) {
                        socket.getOutputStream().write(new byte[4 << 20]);
                      }
                      return true;
                    });
        reader.join();
      }
      capture.close();
      assertThat(capture.counts().packets()).isLessThan((4 << 20) / 1448);
    }
    assertThat(read(file).packets)
        .allMatch(packet -> packet.frame().length == packet.length())
        .anyMatch(packet -> packet.length() > 9000);
  }

  @Test
  void aCaptureEndsWhenNobodyReadsItAnyMore() throws Exception {
    Pipe pipe = Pipe.open();
    try (Lab lab = start(lab());
        Capture capture =
            lab.capture(
                new CaptureTarget.Network("lan"), pipe.sink(), CaptureDescription.WHOLE_FRAMES)) {
      pipe.source().close();
      talk(lab.host("a"), lab.host("b"), 1);

      assertThat(capture.await(Duration.ofSeconds(20))).isTrue();
      assertThat(capture.failure()).isPresent();
    }
  }

  @Test
  void aCaptureGoesWhereverTheCallerWants() throws Exception {
    Pipe pipe = Pipe.open();
    try (Lab lab = start(lab())) {
      Capture capture =
          lab.capture(
              new CaptureTarget.Network("lan"), pipe.sink(), CaptureDescription.WHOLE_FRAMES);
      capture.close();
      byte[] all = Channels.newInputStream(pipe.source()).readAllBytes();
      assertThat(new PcapngReader(all).received).isNotNegative();
    }
  }

  @Test
  void whatAKilledJvmHasCapturedCanBeRead() throws Exception {
    Path file = folder.resolve("lan.pcapng");
    try (OtherJvm jvm = OtherJvm.start(LabForKilling.class, folder)) {
      await().atMost(30, SECONDS).until(() -> datagrams(file).size() >= 6);
      jvm.kill();
    }

    PcapngReader read = read(file);
    assertThat(read.truncated).isFalse();
    assertThat(read.names).hasSize(6);
    assertThat(datagrams(file)).startsWith("q0", "r0", "q1", "r1", "q2", "r2");
  }

  /** Captures a talk. */
  static final class LabForKilling {
    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      LabDescription lab =
          lab()
              .capture(whole(new CaptureTarget.Network("lan"), folder.resolve("lan.pcapng")))
              .build();
      Lab running = Lab.start(lab, LabSettings.in(folder));
      talk(running.host("a"), running.host("b"), 3);
      OtherJvm.tellAndWait(running, List.of());
    }
  }

  @Test
  void aFolderThatIsNotThereIsNamedAndTheLabIsNotMade() throws Exception {
    Path file = folder.resolve("nowhere/lan.pcapng");
    LabBuilder lab = lab().capture(whole(new CaptureTarget.Network("lan"), file));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Lab.start(lab.build(), LabSettings.in(folder)).close())
        .withMessage(
            "capture lan into %s: cannot write %s: there is no folder %s",
            file, file, file.getParent());
  }

  @Test
  void aLabThatFailsLeavesNoCapture() throws Exception {
    Path lan = folder.resolve("lan.pcapng");
    LabBuilder lab =
        lab()
            .capture(whole(new CaptureTarget.Network("lan"), lan))
            .capture(whole(new CaptureTarget.Link("b", 0), folder.resolve("nowhere/b.pcapng")));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Lab.start(lab.build(), LabSettings.in(folder)).close());
    assertThat(lan).doesNotExist();
  }

  private Lab start(LabBuilder lab) throws IOException {
    return Lab.start(lab.build(), LabSettings.in(folder));
  }

  private static LabBuilder lab() {
    return LabDescription.builder("captured")
        .network("lan", "10.1.0.0/24", "fd01::/64")
        .host(HostDescription.named("a").domain("example.test").on("lan", 30))
        .host(HostDescription.named("b").on("lan", 31));
  }

  static CaptureDescription whole(CaptureTarget target, Path file) {
    return new CaptureDescription(target, file);
  }

  /** Nanoseconds since 1970. */
  private static long now() {
    return ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
  }

  /** The sum of a UDP datagram in IPv4 and its pseudo header: 0xffff when it is right. */
  private static int udpSum(byte[] frame) {
    long sum = 17L + port(frame, 38);
    for (int at = 26; at < 34 + port(frame, 38); at += 2) {
      sum += port(frame, at);
    }
    while (sum > 0xffff) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return (int) sum;
  }

  private static void swallow(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
