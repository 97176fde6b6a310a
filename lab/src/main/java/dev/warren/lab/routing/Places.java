package dev.warren.lab.routing;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.LabDescription;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where hosts of a lab are. */
record Places(LabDescription lab) {
  /** The host with this name. */
  HostDescription host(String name) {
    return lab.host(name).orElseThrow(() -> new IllegalArgumentException("no host " + name));
  }

  /** The address of a kind that a host has on a network, the first of several. */
  Optional<InetAddress> address(HostDescription host, String network, boolean ipv4) {
    return host.interfaces().stream()
        .filter(link -> link.network().equals(network))
        .flatMap(link -> addresses(link, ipv4))
        .findFirst();
  }

  /** The address of a kind that a host has on the first network that it shares with another. */
  Optional<InetAddress> addressFor(HostDescription other, HostDescription host, boolean ipv4) {
    return other.interfaces().stream()
        .map(InterfaceDescription::network)
        .distinct()
        .flatMap(network -> address(host, network, ipv4).stream())
        .findFirst();
  }

  /** The addresses of a host of a kind. */
  Stream<InetAddress> addresses(HostDescription host, boolean ipv4) {
    return host.interfaces().stream().flatMap(link -> addresses(link, ipv4));
  }

  private Stream<InetAddress> addresses(InterfaceDescription link, boolean ipv4) {
    return lab.addresses(link).stream().filter(one -> (one instanceof Inet4Address) == ipv4);
  }

  /** What the interfaces of a host on a network are called: those of the root are bridges. */
  List<String> devices(HostDescription host, String network) {
    boolean root = host.name().equals(lab.root().name());
    return host.interfaces().stream()
        .filter(link -> link.network().equals(network))
        .map(link -> root ? network : link.nameInHost())
        .distinct()
        .toList();
  }
}
