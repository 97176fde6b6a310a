package dev.warren.linux.netlink;

import java.util.OptionalInt;

/**
 * How a bridge treats frames.
 *
 * @param mtu the longest packet that the bridge itself sends and receives, 68 to 65535 bytes;
 *     nothing for the kernel's choice, which follows the bridge's ports
 * @param repeater whether it is no more than a piece of wire: it learns no addresses, gives every
 *     frame to every other port, looks into no multicast, and also passes on the link-local frames
 *     (IEEE 802.1D, 7.12.6) that the kernel lets a bridge pass on, all but spanning tree, pause and
 *     link aggregation
 */
public record BridgeOptions(OptionalInt mtu, boolean repeater) {
  /** What the kernel gives. */
  public static final BridgeOptions DEFAULT = new BridgeOptions(OptionalInt.empty(), false);

  /** The same with an MTU. */
  public BridgeOptions withMtu(int bytes) {
    return new BridgeOptions(OptionalInt.of(bytes), repeater);
  }

  /** The same as a mere wire. */
  public BridgeOptions asRepeater() {
    return new BridgeOptions(mtu, true);
  }
}
