package dev.warren.linux.netlink;

/**
 * Says how long the packets may be that an interface leaves to the next one to cut (segmentation
 * offload): with 1 segment each packet is cut before it is sent, also those of connections that
 * exist already.
 *
 * @param segments 1 to {@link #USUAL}
 */
public record LimitSegments(String name, int index, int segments) implements LinkRequest {
  /** What interfaces have when they are made: GSO_MAX_SEGS of linux/netdevice.h. */
  public static final int USUAL = 65_535;

  @Override
  public String describe() {
    return "set segments of " + name + " to " + segments;
  }
}
