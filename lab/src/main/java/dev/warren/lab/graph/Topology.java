package dev.warren.lab.graph;

import dev.warren.lab.description.Firewall;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.HostRouting;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.IpAddresses;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.NetworkDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What of a lab is drawn, as text.
 *
 * @param lab its name
 * @param networks in the description's order
 * @param root the host whose addresses are on the bridges themselves
 * @param hosts all others, in the description's order
 */
public record Topology(String lab, List<Network> networks, Node root, List<Node> hosts) {
  /** Copies the lists. */
  public Topology {
    networks = List.copyOf(networks);
    hosts = List.copyOf(hosts);
  }

  /**
   * A network.
   *
   * @param name the bridge's name
   * @param subnets IPv4 first
   * @param cable whether it only joins two hosts
   */
  public record Network(String name, List<String> subnets, boolean cable) {
    /** Copies the list. */
    public Network {
      subnets = List.copyOf(subnets);
    }
  }

  /**
   * A host.
   *
   * @param name the short name
   * @param fullName with its domain
   * @param roles what it does for the network, in a word each: {@code router}
   * @param services the names of what it keeps running
   * @param links its interfaces
   */
  public record Node(
      String name, String fullName, List<String> roles, List<String> services, List<Link> links) {
    /** Copies the lists. */
    public Node {
      roles = List.copyOf(roles);
      services = List.copyOf(services);
      links = List.copyOf(links);
    }
  }

  /**
   * An interface of a host.
   *
   * @param network the network's name
   * @param name the interface's, as it is called in the host
   * @param addresses IPv4 first
   * @param conditions what happens to packets there, in a few words each: {@code 20ms}
   */
  public record Link(String network, String name, List<String> addresses, List<String> conditions) {
    /** Copies the lists. */
    public Link {
      addresses = List.copyOf(addresses);
      conditions = List.copyOf(conditions);
    }
  }

  /** The topology of a lab. */
  public static Topology of(LabDescription lab) {
    return of(lab, link -> lab.conditions(link).words());
  }

  /**
   * The topology of a lab whose links are not as it was described.
   *
   * @param states what to say of the links of hosts, in a few words each
   */
  public static Topology of(
      LabDescription lab, Function<InterfaceDescription, List<String>> states) {
    return new Topology(
        lab.name(),
        lab.networks().stream().map(Topology::network).toList(),
        node(lab, lab.root(), _ -> List.of()),
        lab.hosts().stream().map(host -> node(lab, host, states)).toList());
  }

  private static Network network(NetworkDescription network) {
    return new Network(
        network.name(),
        network.subnets().stream().map(Object::toString).toList(),
        network.settings().cable());
  }

  private static Node node(
      LabDescription lab,
      HostDescription host,
      Function<InterfaceDescription, List<String>> states) {
    return new Node(
        host.name(),
        host.fqdn(),
        roles(host.routing()),
        host.services().stream().map(service -> service.name()).toList(),
        host.interfaces().stream().map(link -> link(lab, host, link, states.apply(link))).toList());
  }

  private static List<String> roles(HostRouting routing) {
    List<String> roles = new ArrayList<>();
    if (routing.forwards()) {
      roles.add("router");
    }
    if (!routing.masquerades().isEmpty()) {
      roles.add("NAT");
    }
    if (!routing.firewall().equals(Firewall.OPEN)) {
      roles.add("firewall");
    }
    return roles;
  }

  private static Link link(
      LabDescription lab, HostDescription host, InterfaceDescription link, List<String> state) {
    boolean isRoot = host.equals(lab.root());
    return new Link(
        link.network(),
        isRoot ? link.network() : link.nameInHost(),
        lab.addresses(link).stream().map(IpAddresses::text).toList(),
        state);
  }
}
