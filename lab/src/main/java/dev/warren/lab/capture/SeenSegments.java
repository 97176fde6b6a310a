package dev.warren.lab.capture;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells apart the TCP segments that two files have both: the n-th with the same ends, flags and
 * data in one file is the n-th in the other. Their sequence numbers are each file's own. For one
 * thread.
 */
final class SeenSegments {
  private static final int TCP = 6;
  private static final int IPV4_HEADER = 20;
  private static final int IPV6_HEADER = 40;

  /** How often each was told of, by any file. */
  private final Map<Long, Integer> told;

  private final Map<Long, Integer> here = new HashMap<>();

  SeenSegments() {
    this(new HashMap<>());
  }

  private SeenSegments(Map<Long, Integer> told) {
    this.told = told;
  }

  /** Those of another file. */
  SeenSegments another() {
    return new SeenSegments(told);
  }

  /** Whether it is one of TCP, as socket_wrapper makes them: without options of IP. */
  static boolean isSegment(byte[] packet) {
    return header(packet) > 0 && packet.length >= header(packet) + 20;
  }

  private static int header(byte[] packet) {
    if (packet.length >= IPV4_HEADER && packet[0] == 0x45 && packet[9] == TCP) {
      return IPV4_HEADER;
    }
    return packet.length >= IPV6_HEADER && packet[0] >> 4 == 6 && packet[6] == TCP
        ? IPV6_HEADER
        : 0;
  }

  /** Whether no file had so many of these before. */
  boolean isNew(byte[] segment) {
    long key = key(segment);
    int count = here.merge(key, 1, Integer::sum);
    if (count <= told.getOrDefault(key, 0)) {
      return false;
    }
    told.put(key, count);
    return true;
  }

  /** Addresses, ports, flags and data, without what each file counts for itself. */
  private static long key(byte[] segment) {
    int header = header(segment);
    byte[] same = segment.clone();
    if (header == IPV4_HEADER) {
      Arrays.fill(same, 4, 6, (byte) 0); // identification
      Arrays.fill(same, 10, 12, (byte) 0); // checksum
    }
    Arrays.fill(same, header + 4, header + 12, (byte) 0); // sequence and acknowledgement
    Arrays.fill(same, header + 14, header + 20, (byte) 0); // window, checksum, urgent
    return (long) Arrays.hashCode(same) << Integer.SIZE
        ^ Arrays.hashCode(Arrays.copyOfRange(same, header, same.length));
  }
}
