package dev.warren.linux.netlink;

import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.netlink.message.Attributes;
import dev.warren.linux.netlink.message.Message;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A route of the main table.
 *
 * @param destination the network; nothing for the default route
 * @param prefix of the destination, in bits
 * @param gateway the next hop; nothing for a network that is reached directly
 * @param index the interface that packets leave by, where there is just one
 * @param metric the smaller one wins, 0 in IPv4 where none was given
 * @param protocol who made it: RTPROT_KERNEL is 2, RTPROT_STATIC 4, RTPROT_OSPF 188
 *     (linux/rtnetlink.h)
 */
public record RouteState(
    Optional<InetAddress> destination,
    int prefix,
    Optional<InetAddress> gateway,
    OptionalInt index,
    int metric,
    int protocol) {
  /** struct rtmsg of linux/rtnetlink.h. */
  private static final int FIXED = 12;

  private static final int TABLE = 4;
  private static final int PROTOCOL = 5;
  private static final int TYPE = 7;

  /** From an RTM_NEWROUTE message; empty for a route of another table, or of no unicast. */
  static Optional<RouteState> read(ByteBuffer message) throws KernelException {
    int at = Message.HEADER;
    boolean main = (message.get(at + TABLE) & 0xff) == RouteEncoder.RT_TABLE_MAIN;
    if (!main || message.get(at + TYPE) != RouteEncoder.RTN_UNICAST) {
      return Optional.empty();
    }
    Attributes attributes = Attributes.read(message, at + FIXED);
    Optional<InetAddress> destination = attributes.address(RouteEncoder.RTA_DST);
    int prefix = message.get(at + 1) & 0xff;
    Message.requirePrefix(prefix, destination);
    return Optional.of(
        new RouteState(
            destination,
            prefix,
            attributes.address(RouteEncoder.RTA_GATEWAY),
            attributes.integer(RouteEncoder.RTA_OIF),
            attributes.integer(RouteEncoder.RTA_PRIORITY).orElse(0),
            message.get(at + PROTOCOL) & 0xff));
  }
}
