package dev.warren.lab.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketRingTest {
  private static final long MANY = 64 * 1024 * 1024;

  @Test
  void packetsComeOutAsTheyWentInHoweverTheRingGrowsAndWraps() {
    Random random = new Random(42);
    Queue<byte[]> expected = new ArrayDeque<>();
    try (PacketRing ring = new PacketRing(MANY)) {
      for (int step = 0; step < 20_000; step++) {
        // In waves: it fills far beyond its first size, and empties again.
        boolean filling = step / 1000 % 2 == 0;
        if (random.nextInt(10) < (filling ? 8 : 3)) {
          byte[] packet = new byte[1 + random.nextInt(random.nextInt(20) == 0 ? 65_000 : 1500)];
          random.nextBytes(packet);
          assertThat(ring.add(MemorySegment.ofArray(packet), step)).isTrue();
          expected.add(packet);
        } else if (!expected.isEmpty()) {
          assertThat(ring.first().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected.remove());
          ring.remove();
        }
        assertThat(ring.isEmpty()).isEqualTo(expected.isEmpty());
      }
    }
  }

  @Test
  void eachPacketKeepsItsTime() {
    try (PacketRing ring = new PacketRing(MANY)) {
      ring.add(MemorySegment.ofArray(new byte[3]), -5);
      ring.add(MemorySegment.ofArray(new byte[3]), Long.MAX_VALUE);

      assertThat(ring.due()).isEqualTo(-5);
      ring.remove();
      assertThat(ring.due()).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Test
  void aFullRingTakesNoMoreUntilOneLeft() {
    MemorySegment packet = MemorySegment.ofArray(new byte[60_000]);
    try (PacketRing ring = new PacketRing(256 * 1024)) {
      int fitting = 0;
      while (ring.add(packet, 0)) {
        fitting++;
      }
      assertThat(fitting).isEqualTo(4);
      ring.remove();
      assertThat(ring.add(packet, 0)).isTrue();
      assertThat(ring.add(packet, 0)).isFalse();
    }
  }
}
