package dev.warren.linux.netlink;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Something that rtnetlink is asked to do in the network namespace of a {@link NetlinkSocket}. */
public sealed interface Request permits LinkRequest, AddressRequest, RouteRequest, QdiscRequest {
  /** The longest name of an interface, from IFNAMSIZ in linux/if.h less the NUL. */
  int LONGEST_NAME = 15;

  /** In words, with its object, for errors and for plans. */
  String describe();

  /** Whether an address is of IPv4. */
  static boolean isIpv4(InetAddress address) {
    return address instanceof Inet4Address;
  }
}
