package dev.warren.linux.packet;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What stands before a frame of a {@link PacketSocket} with offloads: struct virtio_net_hdr of
 * linux/virtio_net.h, in the machine's byte order. It says what was left to the network card.
 */
public final class VnetHeader {
  /** The header's bytes; the frame begins behind them. */
  public static final int SIZE = 10;

  private static final int FLAGS = 0;
  private static final int GSO_TYPE = 1;
  private static final int CSUM_START = 6;
  private static final int CSUM_OFFSET = 8;

  private static final int NEEDS_CSUM = 1;
  private static final int GSO_NONE = 0;

  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfShort NETWORK_SHORT =
      SHORT.withOrder(java.nio.ByteOrder.BIG_ENDIAN);

  private VnetHeader() {}

  /** Whether what follows is to be cut into several packets by whoever sends it at last. */
  public static boolean isSegmented(MemorySegment packet) {
    return packet.get(ValueLayout.JAVA_BYTE, GSO_TYPE) != GSO_NONE;
  }

  /** Whether the checksum of what follows was left to whoever sends it at last. */
  public static boolean needsChecksum(MemorySegment packet) {
    return (packet.get(ValueLayout.JAVA_BYTE, FLAGS) & NEEDS_CSUM) != 0;
  }

  /**
   * Computes the checksum where it was left open, and clears the flags: from now on the receiver
   * checks it. Not for a packet that {@link #isSegmented}: each segment has a checksum of its own.
   *
   * @param packet header and frame, no more
   */
  public static void completeChecksum(MemorySegment packet) {
    if (needsChecksum(packet)) {
      long start = SIZE + Short.toUnsignedLong(packet.get(SHORT, CSUM_START));
      long field = start + Short.toUnsignedLong(packet.get(SHORT, CSUM_OFFSET));
      if (field + 2 <= packet.byteSize()) {
        // The field holds the sum of the pseudo header already.
        packet.set(NETWORK_SHORT, field, checksum(packet.asSlice(start)));
      }
    }
    packet.set(ValueLayout.JAVA_BYTE, FLAGS, (byte) 0);
  }

  /** RFC 1071. Never 0, which in UDP would mean that there is none (RFC 768). */
  private static short checksum(MemorySegment bytes) {
    long sum = 0;
    long even = bytes.byteSize() & ~1L;
    for (long at = 0; at < even; at += 2) {
      sum += Short.toUnsignedLong(bytes.get(NETWORK_SHORT, at));
    }
    if (even < bytes.byteSize()) {
      sum += Byte.toUnsignedLong(bytes.get(ValueLayout.JAVA_BYTE, even)) << 8;
    }
    while (sum > 0xffff) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    int result = (int) ~sum & 0xffff;
    return (short) (result == 0 ? 0xffff : result);
  }
}
