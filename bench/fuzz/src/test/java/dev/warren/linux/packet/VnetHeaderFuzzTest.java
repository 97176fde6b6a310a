package dev.warren.linux.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.fuzz.Damage;
import dev.warren.fuzz.Fuzz;
import dev.warren.fuzz.Fuzz.Outcome;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands before a packet, damaged: a checksum is written into the packet, or nowhere. */
class VnetHeaderFuzzTest {
  @Test
  void headersOfPackets() throws Exception {
    byte[] udp = new byte[10 + 14 + 20 + 8 + 33];
    udp[0] = 1;
    ByteBuffer.wrap(udp)
        .order(java.nio.ByteOrder.nativeOrder())
        .putShort(6, (short) 34)
        .putShort(8, (short) 6);
    Fuzz.check(
        "header of a packet",
        100,
        random -> {
          byte[] bytes = Damage.bytes(random, udp, List.of(udp));
          return bytes.length < VnetHeader.SIZE ? udp : bytes;
        },
        bytes -> {
          MemorySegment packet = MemorySegment.ofArray(bytes.clone());
          boolean asked = VnetHeader.needsChecksum(packet);
          var _ = VnetHeader.isSegmented(packet);
          VnetHeader.completeChecksum(packet);
          byte[] after = packet.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
          assertThat(after).hasSameSizeAs(bytes);
          assertThat(VnetHeader.needsChecksum(packet)).isFalse();
          int changed = 0;
          for (int i = 1; i < bytes.length; i++) {
            changed += bytes[i] == after[i] ? 0 : 1;
          }
          assertThat(changed).isLessThanOrEqualTo(asked ? 2 : 0);
          return asked ? Outcome.ACCEPTED : Outcome.REJECTED;
        });
  }
}
