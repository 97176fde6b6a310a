package dev.warren.lab.plan;

import dev.warren.linux.netlink.AddressRequest;
import dev.warren.linux.netlink.MacAddress;

/**
 * IPv6 link-local addresses. One that the kernel makes is not used for up to two seconds, until
 * nobody else has answered to it (RFC 4862, 5.4), and until then a router cannot ask for its
 * neighbours: it tells senders that nobody is there. Nobody else can have one of a lab's, so they
 * are given like the other addresses, to be used at once.
 */
final class LinkLocal {
  private static final int PREFIX = 64;

  private LinkLocal() {}

  /**
   * Gives an interface that is down the address that the kernel would give it when it comes up,
   * which then finds it there.
   *
   * @param mac the interface's, for the kernel's own address; any other for one more
   */
  static AddressRequest.Add add(String device, int index, MacAddress mac) {
    return new AddressRequest.Add(device, index, mac.linkLocal(), PREFIX);
  }
}
