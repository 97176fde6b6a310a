package dev.warren.lab.capture;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** A segment that two files have is one. */
class SeenSegmentsTest {
  private static byte[] segment(int sequence, String data) {
    return ByteBuffer.allocate(40 + data.length())
        .put((byte) 0x45)
        .put(9, (byte) 6)
        .putInt(12, 0x0A353916)
        .putInt(16, 0x0A353915)
        .putShort(20, (short) 10_000)
        .putShort(22, (short) 80)
        .putInt(24, sequence)
        .put(40, data.getBytes(US_ASCII))
        .array();
  }

  @Test
  void theSameInTwoFilesIsToldOnce() {
    SeenSegments one = new SeenSegments().another();
    SeenSegments other = one.another();

    assertThat(one.isNew(segment(1, "GET"))).isTrue();
    assertThat(other.isNew(segment(7, "GET"))).isFalse();
  }

  @Test
  void theSameTwiceInOneFileIsToldTwice() {
    SeenSegments one = new SeenSegments().another();
    SeenSegments other = one.another();

    assertThat(one.isNew(segment(1, "GET"))).isTrue();
    assertThat(other.isNew(segment(1, "GET"))).isFalse();
    assertThat(other.isNew(segment(4, "GET"))).isTrue();
    assertThat(one.isNew(segment(4, "GET"))).isFalse();
  }

  @Test
  void otherDataIsAnotherSegment() {
    SeenSegments one = new SeenSegments().another();

    assertThat(one.isNew(segment(1, "GET"))).isTrue();
    assertThat(one.isNew(segment(1, "PUT"))).isTrue();
  }

  @Test
  void onlyTcpIsOne() {
    byte[] datagram = segment(1, "GET");
    datagram[9] = 17;

    assertThat(SeenSegments.isSegment(segment(1, ""))).isTrue();
    assertThat(SeenSegments.isSegment(datagram)).isFalse();
    assertThat(SeenSegments.isSegment(new byte[0])).isFalse();
  }
}
