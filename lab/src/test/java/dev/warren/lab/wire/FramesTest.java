package dev.warren.lab.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.linux.packet.VnetHeader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramesTest {
  private static final String ADDRESSES = "020000000001 020000000002";

  @ParameterizedTest
  @CsvSource({
    "UDP, 0800 4500001c00000000 4011 0000 0a000001 0a000002, false",
    "IGMP, 0800 4600002000000000 0102 0000 0a000001 e0000016, true",
    "ARP, 0806 0001080006040001, true",
    "spanning tree, 0026 42420300000000, true",
    "ping6, 86dd 6000000000083a40 " + IPV6 + " 8000, false",
    "neighbour solicitation, 86dd 6000000000183aff " + IPV6 + " 8700, true",
    "listener report, 86dd 6000000000240001 " + IPV6 + " 3a00, true",
    "TCP on IPv6, 86dd 6000000000140640 " + IPV6 + " 1f90, false",
  })
  void onlyThePacketsOfProgramsAreNumberedWithEachOther(
      String what, String bytes, boolean housekeeping) {
    MemorySegment frame = frame(bytes);
    assertThat(Frames.isHousekeeping(frame, (int) frame.byteSize()))
        .as(what)
        .isEqualTo(housekeeping);
  }

  private static final String IPV6 =
      "fd000000000000000000000000000001 fd000000000000000000000000000002";

  @ParameterizedTest
  @CsvSource({"0, 0, 1", "0.5, 2, 1", "0.9999, 3, 128"})
  void oneBitBehindTheEthernetHeaderIsTurned(double where, int octet, int bit) {
    MemorySegment frame = frame("0800 00000000");
    byte[] before = frame.toArray(ValueLayout.JAVA_BYTE);
    Frames.corrupt(frame, where);
    byte[] after = frame.toArray(ValueLayout.JAVA_BYTE);

    before[VnetHeader.SIZE + 14 + octet] = (byte) bit;
    assertThat(after).isEqualTo(before);
  }

  @Test
  void aFrameWithoutAnythingInItStaysAsItIs() {
    MemorySegment frame = frame("0800");
    byte[] before = frame.toArray(ValueLayout.JAVA_BYTE);
    Frames.corrupt(frame, 0.5);
    assertThat(frame.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(before);
  }

  private static MemorySegment frame(String bytes) {
    String header = "00".repeat(VnetHeader.SIZE);
    return MemorySegment.ofArray(
        HexFormat.of().parseHex((header + ADDRESSES + bytes).replace(" ", "")));
  }
}
