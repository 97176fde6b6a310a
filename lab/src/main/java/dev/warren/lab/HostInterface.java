package dev.warren.lab;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.InterfaceAddress;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.host.NamespaceMachine;
import dev.warren.linux.netlink.AddressState;
import dev.warren.linux.netlink.LinkState;
import dev.warren.linux.netlink.LinkStatistics;
import dev.warren.linux.netlink.MacAddress;
import dev.warren.linux.netlink.NetlinkSocket;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A network interface of a host as the kernel has it now, whoever made it so.
 *
 * @param name in the host: {@code veth30}, {@code lo}
 * @param number in the lab's description; none for what is not of it, as {@code lo}
 * @param network that it leads to; none for what is not of the lab's description
 * @param mac its hardware address
 * @param mtu in bytes
 * @param addresses IPv4 and IPv6, link-local ones too
 * @param up whether it was set up
 * @param carrier whether there is somebody at the other end: not so when the link is cut
 * @param traffic what went through it since it was made
 */
public record HostInterface(
    String name,
    OptionalInt number,
    Optional<String> network,
    Optional<MacAddress> mac,
    int mtu,
    List<InterfaceAddress> addresses,
    boolean up,
    boolean carrier,
    LinkStatistics traffic) {
  /** Copies. */
  public HostInterface {
    addresses = List.copyOf(addresses);
  }

  /** Those of a host, in the kernel's order. */
  static List<HostInterface> of(NamespaceMachine machine, HostDescription host, boolean isRoot)
      throws IOException {
    List<LinkState> links;
    List<AddressState> addresses;
    try (NetlinkSocket socket = machine.get(() -> NetlinkSocket.open(machine.kernel()))) {
      links = socket.links();
      addresses = socket.addresses();
    }
    return links.stream()
        .map(
            link ->
                of(
                    link,
                    addresses.stream().filter(one -> one.index() == link.index()).toList(),
                    described(host, isRoot, link.name())))
        .toList();
  }

  /** The root's are the bridges themselves. */
  private static Optional<InterfaceDescription> described(
      HostDescription host, boolean isRoot, String name) {
    return host.interfaces().stream()
        .filter(one -> name.equals(isRoot ? one.network() : one.nameInHost()))
        .findFirst();
  }

  private static HostInterface of(
      LinkState link, List<AddressState> addresses, Optional<InterfaceDescription> described) {
    return new HostInterface(
        link.name(),
        described.stream().mapToInt(InterfaceDescription::number).findFirst(),
        described.map(InterfaceDescription::network),
        link.mac(),
        link.mtu(),
        addresses.stream().map(one -> new InterfaceAddress(one.address(), one.prefix())).toList(),
        link.up(),
        link.carrier(),
        link.statistics());
  }
}
