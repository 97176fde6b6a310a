package dev.warren.linux.packet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warren.linux.OwnThread;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import dev.warren.linux.netlink.AddressRequest;
import dev.warren.linux.netlink.CreateBridge;
import dev.warren.linux.netlink.CreateCable;
import dev.warren.linux.netlink.LinkRequest;
import dev.warren.linux.netlink.NetlinkSocket;
import dev.warren.linux.netlink.Request;
import dev.warren.linux.netlink.SetLink;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cable in a network namespace of the test's own: frames go in at one end, out at the other. */
@Timeout(60)
class PacketSocketTest {
  private static final int LOOPBACK = 1;
  private static final int LEFT = 30;
  private static final int RIGHT = 130;
  private static final long SECONDS = Duration.ofSeconds(20).toNanos();
  private static final PacketOptions PLAIN = new PacketOptions(false, true, true, 0);

  /** For IEEE Std 802 local experiments: nothing in the kernel answers it. */
  private static final String FRAME = "\1\2\3\4\5\6\1\2\3\4\5\7\u0008\u0005 hello";

  private final Kernel kernel = Kernel.real();
  private final Arena arena = Arena.ofAuto();
  private final MemorySegment buffer = arena.allocate(70_000);

  @Test
  void aFrameSentAtOneEndIsReceivedAtTheOther() throws Exception {
    onACable(
        () -> {
          try (PacketSocket left = PacketSocket.open(kernel, LEFT, PLAIN);
              PacketSocket right = PacketSocket.open(kernel, RIGHT, PLAIN)) {
            assertThat(left.send(frame(FRAME))).isTrue();

            assertThat(next(right)).isEqualTo(FRAME);
          }
        });
  }

  @Test
  void aFrameLongerThanTheBufferTellsItsLength() throws Exception {
    onACable(
        () -> {
          try (PacketSocket socket = PacketSocket.open(kernel, LOOPBACK, PLAIN)) {
            assertThat(socket.send(frame(FRAME))).isTrue();
            assertThat(socket.await(SECONDS)).isTrue();

            assertThat(socket.receive(buffer.asSlice(0, 4))).isEqualTo(FRAME.length());
          }
        });
  }

  @Test
  void onlyAWatchingSocketSeesWhatItsMachineSends() throws Exception {
    onACable(
        () -> {
          try (PacketSocket left = PacketSocket.open(kernel, LEFT, PLAIN);
              PacketSocket deaf = PacketSocket.open(kernel, LEFT, PLAIN);
              PacketSocket watching =
                  PacketSocket.open(kernel, LEFT, new PacketOptions(false, false, true, 0))) {
            assertThat(left.send(frame(FRAME))).isTrue();

            assertThat(next(watching)).isEqualTo(FRAME);
            assertThat(watching.lastWasOutgoing()).isTrue();
            for (int n = deaf.receive(buffer); n >= 0; n = deaf.receive(buffer)) {
              assertThat(n).isNotEqualTo(FRAME.length());
            }
          }
        });
  }

  @Test
  void waitingEndsWithItsTime() throws Exception {
    onACable(
        () -> {
          try (PacketSocket socket = PacketSocket.open(kernel, LOOPBACK, PLAIN)) {
            assertThat(socket.await(1000)).isTrue();
            assertThat(socket.receive(buffer)).isEqualTo(PacketSocket.NOTHING);
          }
        });
  }

  @Test
  void waitingEndsWhenWokenByAnotherThread() throws Exception {
    onACable(
        () -> {
          try (PacketSocket socket = PacketSocket.open(kernel, LEFT, PLAIN)) {
            Thread other = Thread.ofPlatform().start(socket::wake);
            // The kernel's own frames, which greet its IPv6 neighbours, end it too.
            while (socket.await(-1)) {
              var _ = socket.receive(buffer);
            }
            other.join();
          }
        });
  }

  @Test
  void aFrameForAnInterfaceThatIsGoneIsLost() throws Exception {
    onACable(
        () -> {
          try (PacketSocket socket = PacketSocket.open(kernel, LEFT, PLAIN)) {
            execute(new LinkRequest.Delete("left", LEFT));
            while (socket.receive(buffer) != PacketSocket.NOTHING) {
              // What the kernel said before.
            }

            assertThat(socket.send(frame(FRAME))).isFalse();
            assertThat(socket.receive(buffer)).isEqualTo(PacketSocket.NOTHING);
          }
        });
  }

  @Test
  void aSocketGoesOnWithTheInterfaceThatItIsAttachedTo() throws Exception {
    onACable(
        () -> {
          try (Descriptor own = new Namespaces(kernel).own(NamespaceKind.NET);
              PacketSocket right = PacketSocket.open(kernel, RIGHT, PLAIN)) {
            execute(
                new LinkRequest.Delete("right", RIGHT),
                new CreateCable(
                    "right", RIGHT, 100, new CreateCable.Peer("left", LEFT, own.number())),
                SetLink.of("left", LEFT).up());

            right.attach(RIGHT);
            try (PacketSocket left = PacketSocket.open(kernel, LEFT, PLAIN)) {
              assertThat(left.send(frame(FRAME))).isTrue();
              assertThat(next(right)).isEqualTo(FRAME);
            }
          }
        });
  }

  @Test
  void anInterfaceThatIsNotThereIsAnError() throws Exception {
    onACable(
        () ->
            assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> PacketSocket.open(kernel, 77, PLAIN))
                .withMessage("bind to interface 77: ENODEV (No such device)"));
  }

  @Test
  void framesThatNobodyReceivedInTimeAreCounted() throws Exception {
    onACable(
        () -> {
          try (PacketSocket socket =
              PacketSocket.open(kernel, LOOPBACK, new PacketOptions(false, true, true, 1))) {
            for (int i = 0; i < 100; i++) {
              assertThat(socket.send(frame(FRAME))).isTrue();
            }
            // The loopback interface delivers within the call on the same processor, or soon.
            long received = 0;
            long overruns = socket.overruns();
            while (received + overruns < 100) {
              received += socket.receive(buffer) == PacketSocket.NOTHING ? 0 : 1;
              overruns = socket.overruns();
            }

            assertThat(overruns).isPositive().isEqualTo(100 - received);
            assertThat(socket.overruns()).as("asked again").isEqualTo(overruns);
          }
        });
  }

  @Test
  void aChecksumThatWasLeftOpenIsCompletedAsTheReceiverWouldCheckIt() throws Exception {
    onACable(
        () -> {
          try (PacketSocket right =
                  PacketSocket.open(kernel, RIGHT, PacketOptions.forwarding(100_000));
              DatagramSocket sender = new DatagramSocket()) {
            execute(new AddressRequest.Add("left", LEFT, InetAddress.getByName("10.9.0.1"), 24));
            sender.setBroadcast(true);
            byte[] odd = "an odd number of bytes!".getBytes(US_ASCII);
            sender.send(
                new DatagramPacket(odd, odd.length, InetAddress.getByName("10.9.0.255"), 9));

            MemorySegment packet = nextUdp(right);
            assertThat(VnetHeader.needsChecksum(packet)).isTrue();
            assertThat(VnetHeader.isSegmented(packet)).isFalse();
            assertThat(udpSum(packet)).as("as it came").isNotEqualTo(0xffff);
            VnetHeader.completeChecksum(packet);

            assertThat(VnetHeader.needsChecksum(packet)).isFalse();
            assertThat(udpSum(packet)).isEqualTo(0xffff);
          }
        });
  }

  private MemorySegment nextUdp(PacketSocket socket) throws KernelException {
    while (true) {
      assertThat(socket.await(SECONDS)).isTrue();
      int length = socket.receive(buffer);
      boolean ipv4 =
          length > VnetHeader.SIZE + 14
              && buffer.get(ValueLayout.JAVA_BYTE, VnetHeader.SIZE + 12) == 8
              && buffer.get(ValueLayout.JAVA_BYTE, VnetHeader.SIZE + 13) == 0;
      if (ipv4) {
        return buffer.asSlice(0, length);
      }
    }
  }

  /** The sum that RFC 768 wants to be all ones: pseudo header, header and data of an IPv4 frame. */
  private static int udpSum(MemorySegment packet) {
    byte[] ip = packet.asSlice(VnetHeader.SIZE + 14).toArray(ValueLayout.JAVA_BYTE);
    int length = ((ip[24] & 0xff) << 8) | (ip[25] & 0xff);
    int sum = 17 + length;
    for (int i = 12; i < 20 + length; i++) {
      sum += i % 2 == 0 ? (ip[i] & 0xff) << 8 : ip[i] & 0xff;
    }
    while (sum > 0xffff) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return sum;
  }

  private MemorySegment frame(String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    MemorySegment frame = arena.allocate(bytes.length);
    frame.copyFrom(MemorySegment.ofArray(bytes));
    return frame;
  }

  /** The next frame that is not the kernel's own, which greets its IPv6 neighbours. */
  private String next(PacketSocket socket) throws KernelException {
    while (true) {
      assertThat(socket.await(SECONDS)).isTrue();
      int length = socket.receive(buffer);
      if (length == FRAME.length()) {
        return new String(buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), US_ASCII);
      }
    }
  }

  private interface Body {
    void run() throws Exception;
  }

  private void onACable(Body body) throws Exception {
    var _ =
        OwnThread.call(
            () -> {
              Namespaces namespaces = new Namespaces(kernel);
              namespaces.unshare(EnumSet.of(NamespaceKind.NET));
              try (Descriptor own = namespaces.own(NamespaceKind.NET)) {
                execute(
                    SetLink.of("lo", LOOPBACK).up(),
                    new CreateBridge("bridge", 100),
                    new CreateCable(
                        "right", RIGHT, 100, new CreateCable.Peer("left", LEFT, own.number())),
                    SetLink.of("left", LEFT).up());
              }
              body.run();
              return true;
            });
  }

  private void execute(Request... requests) throws KernelException {
    try (NetlinkSocket socket = NetlinkSocket.open(kernel)) {
      socket.execute(List.of(requests));
    }
  }
}
