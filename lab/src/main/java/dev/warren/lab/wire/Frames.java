package dev.warren.lab.wire;

import dev.warren.linux.packet.VnetHeader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** What a wire must know of the frames that it carries, behind their {@link VnetHeader}. */
final class Frames {
  /** IEEE Std 802.3: two addresses and the type. */
  static final int ETHERNET = VnetHeader.SIZE + 14;

  private static final int TYPE = VnetHeader.SIZE + 12;
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;

  /** RFC 791, 3.1. */
  private static final int IPV4_PROTOCOL = ETHERNET + 9;

  private static final int IGMP = 2;

  /** RFC 8200, 3 and 4.3; what has hop-by-hop options is multicast listener discovery. */
  private static final int IPV6_NEXT_HEADER = ETHERNET + 6;

  private static final int IPV6_PAYLOAD = ETHERNET + 40;
  private static final int HOP_BY_HOP = 0;
  private static final int ICMPV6 = 58;

  /** RFC 4443, 2.1 and RFC 4861, 4: listeners, routers and neighbours are 130 and more. */
  private static final int FIRST_HOUSEKEEPING = 130;

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private Frames() {}

  /**
   * Whether a frame is the kernels' own (ARP, neighbour discovery, multicast membership, spanning
   * tree). These come at times of their own, so that they must not count among the packets of
   * programs: packet n would be another one in each run.
   */
  static boolean isHousekeeping(MemorySegment frame, int length) {
    if (length <= ETHERNET) {
      return true;
    }
    return switch (Short.toUnsignedInt(frame.get(SHORT, TYPE))) {
      case IPV4 -> length <= IPV4_PROTOCOL || octet(frame, IPV4_PROTOCOL) == IGMP;
      case IPV6 -> length <= IPV6_PAYLOAD || isIpv6Housekeeping(frame);
      default -> true;
    };
  }

  private static boolean isIpv6Housekeeping(MemorySegment frame) {
    int next = octet(frame, IPV6_NEXT_HEADER);
    return next == HOP_BY_HOP
        || (next == ICMPV6 && octet(frame, IPV6_PAYLOAD) >= FIRST_HOUSEKEEPING);
  }

  private static int octet(MemorySegment frame, int at) {
    return Byte.toUnsignedInt(frame.get(ValueLayout.JAVA_BYTE, at));
  }

  /**
   * Turns one bit of what the Ethernet frame carries, so that the frame arrives and its receiver
   * finds the mistake, or does not.
   *
   * @param where which bit: 0 the first, 1 behind the last
   */
  static void corrupt(MemorySegment frame, double where) {
    long bits = (frame.byteSize() - ETHERNET) * Byte.SIZE;
    if (bits <= 0) {
      return;
    }
    // Completed now, or the kernel would compute the checksum of what is wrong.
    VnetHeader.completeChecksum(frame);
    long bit = (long) (where * bits);
    long at = ETHERNET + bit / Byte.SIZE;
    int turned = frame.get(ValueLayout.JAVA_BYTE, at) ^ (1 << (bit % Byte.SIZE));
    frame.set(ValueLayout.JAVA_BYTE, at, (byte) turned);
  }
}
