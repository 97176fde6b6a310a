package dev.warren.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warren.linux.OwnNetwork;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.netlink.message.Message;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent is what tc(8) of iproute2 6.1 sends, and what the kernel takes. */
class QdiscTest {
  /** The fixed part of every request: interface 1, at the root. */
  private static final String ROOT = "00000000 01000000 00000000 ffffffff 00000000";

  private Descriptor network;
  private NetlinkSocket socket;

  @BeforeEach
  void open() throws Exception {
    network = OwnNetwork.make();
    socket = OwnNetwork.in(network, () -> NetlinkSocket.open(Kernel.real()));
    socket.execute(List.of(new CreateBridge("lan", 100)));
  }

  @AfterEach
  void close() {
    socket.close();
    network.close();
  }

  /** tc qdisc replace dev lo root netem limit 1000 delay 10ms 2ms loss 1% duplicate 2% ... */
  @Test
  void netemIsWrittenAsTcWritesIt() {
    Netem netem =
        new Netem(
            Duration.ofMillis(10),
            Duration.ofMillis(2),
            1,
            2,
            3,
            4,
            10_000_000,
            1000,
            OptionalLong.empty());

    assertThat(bytes(new QdiscRequest.SetNetem("lo", 1, netem)))
        .isEqualTo(
            hex(
                ROOT
                    + "0a000100 6e6574656d000000 48000200"
                    + "5a620200 e8030000 295c8f02 01000000 52b81e05 127a0000"
                    + "0c000300 7b14ae07 00000000"
                    + "0c000400 a4703d0a 00000000"
                    + "14000600 d0121300 00000000 00000000 00000000"));
  }

  /** tc qdisc replace dev lo root netem limit 500 delay 20ms rate 100gbit, and a seed. */
  @Test
  void aRateOfMoreThan32BitsAndASeedFollowInAttributesOfTheirOwn() {
    Netem netem =
        new Netem(
            Duration.ofMillis(20),
            Duration.ZERO,
            0,
            0,
            0,
            0,
            100_000_000_000L,
            500,
            OptionalLong.of(42));

    assertThat(bytes(new QdiscRequest.SetNetem("lo", 1, netem)))
        .isEqualTo(
            hex(
                ROOT
                    + "0a000100 6e6574656d000000 48000200"
                    + "b4c40400 f4010000 00000000 00000000 00000000 00000000"
                    + "0c000800 00dd0ee902000000"
                    + "14000600 ffffffff 00000000 00000000 00000000"
                    + "0c000e00 2a00000000000000"));
  }

  /** tc qdisc replace dev lo root netem limit 1000 loss 100% duplicate 75% */
  @Test
  void moreThanHalfOfThePacketsAreMoreThanHalf() {
    Netem netem =
        new Netem(Duration.ZERO, Duration.ZERO, 100, 75, 0, 0, 0, 1000, OptionalLong.empty());

    assertThat(bytes(new QdiscRequest.SetNetem("lo", 1, netem)))
        .isEqualTo(
            hex(
                ROOT
                    + "0a000100 6e6574656d000000 1c000200"
                    + "00000000 e8030000 ffffffff 00000000 ffffffbf 00000000"));
  }

  @Test
  void netemIsSetOrTheKernelSaysThatItHasNone() {
    Netem netem =
        new Netem(Duration.ofMillis(10), Duration.ZERO, 1, 0, 0, 0, 0, 1000, OptionalLong.of(42));
    try {
      socket.execute(List.of(new QdiscRequest.SetNetem("lan", 100, netem)));
    } catch (KernelException refused) {
      assertThat(refused.is(Errno.ENOENT)).as("%s", refused).isTrue();
    }
  }

  @Test
  void aTokenBucketIsSetChangedAndDeleted() {
    assertThatCode(
            () ->
                socket.execute(
                    List.of(
                        new QdiscRequest.SetTokenBucket("lan", 100, 10_000_000, 3200, 64_000),
                        new QdiscRequest.SetTokenBucket("lan", 100, 50_000_000_000L, 64_000, 1),
                        new QdiscRequest.DeleteQdisc("lan", 100))))
        .doesNotThrowAnyException();
  }

  @Test
  void whatWasNotSetCannotBeDeleted() {
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> socket.execute(List.of(new QdiscRequest.DeleteQdisc("lan", 100))))
        .withMessageStartingWith("delete the queueing discipline of lan: ENOENT");
  }

  @Test
  void segmentsAreLimitedAndFreed() {
    assertThatCode(
            () ->
                socket.execute(
                    List.of(
                        new LimitSegments("lan", 100, 1),
                        new LimitSegments("lan", 100, LimitSegments.USUAL))))
        .doesNotThrowAnyException();
  }

  /** Without the header of the message. */
  private static byte[] bytes(Request request) {
    ByteBuffer buffer = ByteBuffer.allocate(512).order(ByteOrder.nativeOrder());
    new Encoder(buffer).append(request, 1, false);
    byte[] bytes = new byte[buffer.position() - Message.HEADER];
    buffer.get(Message.HEADER, bytes);
    return bytes;
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }
}
