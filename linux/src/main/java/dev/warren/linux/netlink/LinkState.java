package dev.warren.linux.netlink;

import dev.warren.linux.netlink.message.Attributes;
import dev.warren.linux.netlink.message.Message;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An interface as the kernel has it.
 *
 * @param kind {@code veth}, {@code bridge}, ...; empty for what was not made, as {@code lo}
 * @param up whether it was set up
 * @param carrier whether it has a counterpart that is up too: a cable's other end, or for a bridge
 *     a port that is up
 * @param mtu in bytes
 * @param master the index of the bridge that it is on
 * @param forwarding whether it is on a bridge that passes frames to it and from it: a moment after
 *     it was put there and has a carrier
 * @param peer the index of a cable's other end, in that end's namespace
 * @param statistics what went through it
 */
public record LinkState(
    int index,
    String name,
    Optional<String> kind,
    boolean up,
    boolean carrier,
    int mtu,
    Optional<MacAddress> mac,
    OptionalInt master,
    boolean forwarding,
    OptionalInt peer,
    LinkStatistics statistics) {

  /** struct ifinfomsg of linux/rtnetlink.h. */
  private static final int FIXED = 16;

  /** From an RTM_NEWLINK message. */
  static LinkState read(ByteBuffer message) {
    int at = Message.HEADER;
    Attributes attributes = Attributes.read(message, at + FIXED);
    return new LinkState(
        message.getInt(at + 4),
        attributes.text(LinkEncoder.IFLA_IFNAME).orElse(""),
        attributes.nested(LinkEncoder.IFLA_LINKINFO).text(LinkEncoder.IFLA_INFO_KIND),
        (message.getInt(at + 8) & LinkEncoder.IFF_UP) != 0,
        attributes.octet(LinkEncoder.IFLA_CARRIER).orElse(0) != 0,
        attributes.integer(LinkEncoder.IFLA_MTU).orElse(0),
        attributes
            .bytes(LinkEncoder.IFLA_ADDRESS)
            .filter(bytes -> bytes.length == 6)
            .map(MacAddress::of),
        attributes.integer(LinkEncoder.IFLA_MASTER),
        isForwarding(attributes),
        attributes.integer(LinkEncoder.IFLA_LINK),
        attributes
            .get(LinkEncoder.IFLA_STATS64)
            .map(LinkStatistics::read)
            .orElse(LinkStatistics.NONE));
  }

  /**
   * The port's state may be ahead: until the interface's own is up too it drops what it is given.
   */
  private static boolean isForwarding(Attributes attributes) {
    int port =
        attributes
            .nested(LinkEncoder.IFLA_LINKINFO)
            .nested(LinkEncoder.IFLA_INFO_SLAVE_DATA)
            .octet(LinkEncoder.IFLA_BRPORT_STATE)
            .orElse(0);
    int own = attributes.octet(LinkEncoder.IFLA_OPERSTATE).orElse(0);
    return port == LinkEncoder.BR_STATE_FORWARDING && own == LinkEncoder.IF_OPER_UP;
  }
}
