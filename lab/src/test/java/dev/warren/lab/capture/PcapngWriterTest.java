package dev.warren.lab.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The format, read by a reader that knows nothing of the writer. */
class PcapngWriterTest {
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("10.1.0.80");
  private static final InetAddress ADDRESS6 = InetAddress.ofLiteral("fd01::50");

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final PcapngWriter writer = new PcapngWriter(Channels.newChannel(file));

  @Test
  void theBeginningNamesTheInterfaceAndAllAddresses() throws Exception {
    writer.begin(
        "a:veth80",
        "link of host a",
        262_144,
        Map.of(ADDRESS, List.of("a.shop.test", "a"), ADDRESS6, List.of("a.shop.test", "a")));

    PcapngReader read = read();
    assertThat(read.application).isEqualTo("Warren");
    assertThat(read.interfaceNames).containsExactly("a:veth80");
    assertThat(read.resolution).as("nanoseconds").isEqualTo(9);
    assertThat(read.names)
        .containsEntry(ADDRESS, List.of("a.shop.test", "a"))
        .containsEntry(ADDRESS6, List.of("a.shop.test", "a"));
  }

  @Test
  void packetsKeepTheirBytesTimesLengthsAndDirections() throws Exception {
    writer.begin("lan", "", 100, Map.of());
    for (int size = 0; size < 9; size++) {
      writer.packet(
          MemorySegment.ofArray(frame(size)),
          size + 1000,
          1_700_000_000_123_456_789L + size,
          size % 2 == 0);
    }
    writer.flush();

    List<PcapngReader.Packet> packets = read().packets;
    assertThat(packets).hasSize(9);
    for (int size = 0; size < 9; size++) {
      PcapngReader.Packet packet = packets.get(size);
      assertThat(packet.frame()).isEqualTo(frame(size));
      assertThat(packet.length()).isEqualTo(size + 1000);
      assertThat(packet.nanos()).isEqualTo(1_700_000_000_123_456_789L + size);
      assertThat(packet.direction()).isEqualTo(size % 2 == 0 ? 2 : 1);
    }
  }

  @Test
  void nothingButWholeBlocksReachesTheFile() throws Exception {
    writer.begin("lan", "", 262_144, Map.of());
    MemorySegment frame = MemorySegment.ofArray(new byte[200_001]);
    for (int i = 0; i < 50; i++) {
      writer.packet(frame, 200_001, i, true);
      assertThat(read().packets).hasSizeLessThanOrEqualTo(i + 1);
    }
    writer.flush();
    assertThat(read().packets).hasSize(50);
  }

  @Test
  void theEndSaysHowMuchThereWas() throws Exception {
    writer.begin("lan", "", 100, Map.of());
    writer.end(1, 2, 12, 3);

    PcapngReader read = read();
    assertThat(read.received).isEqualTo(12);
    assertThat(read.dropped).isEqualTo(3);
  }

  private static byte[] frame(int size) {
    byte[] frame = new byte[size];
    Arrays.fill(frame, (byte) size);
    return frame;
  }

  private PcapngReader read() throws Exception {
    PcapngReader read = new PcapngReader(file.toByteArray());
    assertThat(read.truncated).as("it ends with a whole block").isFalse();
    return read;
  }
}
