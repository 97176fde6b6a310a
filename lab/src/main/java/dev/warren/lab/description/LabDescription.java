package dev.warren.lab.description;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A lab: networks, the hosts on them, and the root, which is the host that holds the bridges and
 * has an address on each.
 *
 * @param name tells running labs apart
 * @param networks in the order they are made
 * @param root the host whose interfaces are addresses on the bridges; tests run there as client
 * @param hosts in the order they are made, without the root
 * @param options what else it has
 */
public record LabDescription(
    String name,
    List<NetworkDescription> networks,
    HostDescription root,
    List<HostDescription> hosts,
    LabOptions options) {

  /**
   * Copies the lists and checks how everything fits together.
   *
   * @throws InvalidLabException with all faults
   */
  public LabDescription {
    Checks.labName(name);
    networks = List.copyOf(networks);
    hosts = List.copyOf(hosts);
    List<Fault> faults = new ArrayList<>(LabCheck.faults(networks, root, hosts));
    faults.addAll(NetworkCheck.faults(networks, root, hosts));
    faults.addAll(RoutingCheck.faults(networks, root, hosts));
    faults.addAll(CaptureCheck.faults(options.captures(), networks, root, hosts));
    if (faults.isEmpty() && options.isolation() == Isolation.CWRAP) {
      faults.addAll(CwrapCheck.faults(networks, root, hosts));
    }
    if (!faults.isEmpty()) {
      throw new InvalidLabException(name, faults);
    }
  }

  /** The same lab under another name. */
  public LabDescription withName(String other) {
    return new LabDescription(other, networks, root, hosts, options);
  }

  /** Starts a description with nothing but a name. */
  public static LabBuilder builder(String name) {
    return new LabBuilder(name);
  }

  /** The network with this name. */
  public Optional<NetworkDescription> network(String wanted) {
    return networks.stream().filter(network -> network.name().equals(wanted)).findFirst();
  }

  /** The host with this name, the root included; upper and lower case are the same. */
  public Optional<HostDescription> host(String wanted) {
    return everyone().filter(host -> host.name().equalsIgnoreCase(wanted)).findFirst();
  }

  /** The root and then the hosts. */
  public Stream<HostDescription> everyone() {
    return Stream.concat(Stream.of(root), hosts.stream());
  }

  /** The addresses of a host of this lab: interface by interface, IPv4 first. */
  public List<InetAddress> addresses(HostDescription host) {
    return host.interfaces().stream().flatMap(link -> addresses(link).stream()).toList();
  }

  /** The addresses of an interface in this lab: IPv4, IPv6, then those that it adds. */
  public List<InetAddress> addresses(InterfaceDescription link) {
    return network(link.network())
        .orElseThrow(() -> new IllegalArgumentException("no network " + link.network()))
        .addresses(link)
        .stream()
        .map(InterfaceAddress::address)
        .toList();
  }

  /**
   * What happens to packets on the cable of an interface of this lab: its own, or its network's.
   */
  public LinkConditions conditions(InterfaceDescription link) {
    return link.conditions()
        .or(() -> network(link.network()).map(network -> network.settings().conditions()))
        .orElse(LinkConditions.PERFECT);
  }
}
