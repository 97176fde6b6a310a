package dev.warren.linux.netlink;

import java.nio.ByteBuffer;

/**
 * What went through an interface since it was made, seen from it: received is what came in there.
 *
 * @param receivedDropped what came in and had no place
 * @param sentDropped what was to go out and had no place
 */
public record LinkStatistics(
    long receivedPackets,
    long sentPackets,
    long receivedBytes,
    long sentBytes,
    long receiveErrors,
    long sendErrors,
    long receivedDropped,
    long sentDropped) {
  /** Nothing. */
  public static final LinkStatistics NONE = new LinkStatistics(0, 0, 0, 0, 0, 0, 0, 0);

  /** From struct rtnl_link_stats64 of linux/if_link.h. */
  static LinkStatistics read(ByteBuffer stats) {
    if (stats.limit() < 8 * Long.BYTES) {
      return NONE;
    }
    return new LinkStatistics(
        stats.getLong(0),
        stats.getLong(8),
        stats.getLong(16),
        stats.getLong(24),
        stats.getLong(32),
        stats.getLong(40),
        stats.getLong(48),
        stats.getLong(56));
  }
}
