package dev.warren.lab.routing;

import dev.warren.lab.description.Firewall;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.HostOrAddress;
import dev.warren.lab.description.HostRouting;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.PortForward;
import dev.warren.lab.description.PortRange;
import dev.warren.linux.nftables.Chain;
import dev.warren.linux.nftables.Family;
import dev.warren.linux.nftables.Hook;
import dev.warren.linux.nftables.Match;
import dev.warren.linux.nftables.Match.ConnectionState;
import dev.warren.linux.nftables.Nat;
import dev.warren.linux.nftables.Rule;
import dev.warren.linux.nftables.Statement;
import dev.warren.linux.nftables.Table;
import dev.warren.linux.nftables.TransportProtocol;
import dev.warren.linux.nftables.Verdict;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The rules of a host, as one table of nftables. */
public final class PacketFilter {
  /** What Warren's table is called in every host. */
  public static final String TABLE = "warren";

  /** Which kinds of IP it is for. */
  public static final Family FAMILY = Family.INET;

  /** Neighbour discovery (RFC 4861, 4): without it no IPv6 address is found. */
  private static final Match.IcmpTypes NEIGHBOURS = new Match.IcmpTypes(133, 137);

  private static final Rule KNOWN =
      Rule.of(
          Match.Connection.in(ConnectionState.ESTABLISHED, ConnectionState.RELATED),
          Verdict.ACCEPT);

  private final Places places;
  private final HostDescription host;
  private final HostRouting routing;

  private PacketFilter(LabDescription lab, HostDescription host) {
    this.places = new Places(lab);
    this.host = host;
    this.routing = host.routing();
  }

  /** The table of a host; nothing when everything is to pass as it is. */
  public static Optional<Table> of(LabDescription lab, HostDescription host) {
    PacketFilter filter = new PacketFilter(lab, host);
    List<Chain> chains = new ArrayList<>();
    if (!filter.routing.portForwards().isEmpty()) {
      chains.add(filter.portForwards());
    }
    filter.input().ifPresent(chains::add);
    filter.forward().ifPresent(chains::add);
    if (!filter.routing.masquerades().isEmpty()) {
      chains.add(filter.masquerades());
    }
    return chains.isEmpty() ? Optional.empty() : Optional.of(new Table(FAMILY, TABLE, chains));
  }

  private Chain portForwards() {
    List<Rule> rules = new ArrayList<>();
    for (PortForward forward : routing.portForwards()) {
      for (String device : places.devices(host, forward.network())) {
        for (InetAddress target : targets(forward)) {
          TransportProtocol protocol =
              switch (forward.protocol()) {
                case TCP -> TransportProtocol.TCP;
                case UDP -> TransportProtocol.UDP;
              };
          rules.add(
              Rule.of(
                  new Match.InputInterface(device),
                  new Match.Ip(target instanceof Inet4Address),
                  new Match.Transport(protocol),
                  new Match.DestinationPorts(forward.port(), forward.port()),
                  new Nat.Destination(target, OptionalInt.of(forward.toPort()))));
        }
      }
    }
    return new Chain("port-forwards", Hook.nat(Hook.Point.PREROUTING), rules);
  }

  /** One address of each kind: on a network behind this host, if the target is on one. */
  private List<InetAddress> targets(PortForward forward) {
    return switch (forward.to()) {
      case HostOrAddress.Address(InetAddress address) -> List.of(address);
      case HostOrAddress.Name(String name) -> {
        HostDescription target = places.host(name);
        yield Stream.of(true, false)
            .flatMap(
                ipv4 ->
                    places
                        .addressFor(without(forward.network()), target, ipv4)
                        .or(() -> places.addresses(target, ipv4).findFirst())
                        .stream())
            .toList();
      }
    };
  }

  /** This host without its interfaces on a network. */
  private HostDescription without(String network) {
    return host.withInterfaces(
        host.interfaces().stream().filter(link -> !link.network().equals(network)).toList());
  }

  private Optional<Chain> input() {
    List<Rule> rules = new ArrayList<>(List.of(KNOWN));
    boolean closed = routing.firewall().input() == Firewall.Policy.DROP;
    if (closed) {
      rules.add(Rule.of(new Match.InputInterface("lo"), Verdict.ACCEPT));
      rules.add(Rule.of(new Match.Transport(TransportProtocol.ICMPV6), NEIGHBOURS, Verdict.ACCEPT));
    }
    return chain("input", Hook.Point.INPUT, Firewall.Way.INPUT, closed, rules);
  }

  private Optional<Chain> forward() {
    List<Rule> rules = new ArrayList<>(List.of(KNOWN));
    if (!routing.portForwards().isEmpty()) {
      rules.add(Rule.of(new Match.Redirected(), Verdict.ACCEPT));
    }
    boolean closed = routing.firewall().forward() == Firewall.Policy.DROP;
    return chain("forward", Hook.Point.FORWARD, Firewall.Way.FORWARD, closed, rules);
  }

  private Optional<Chain> chain(
      String name, Hook.Point point, Firewall.Way way, boolean closed, List<Rule> first) {
    List<Rule> rules = new ArrayList<>(first);
    List<Firewall.Rule> own =
        routing.firewall().rules().stream().filter(rule -> rule.way() == way).toList();
    own.forEach(rule -> rules.addAll(rules(rule)));
    Verdict policy = closed ? Verdict.DROP : Verdict.ACCEPT;
    return !closed && own.isEmpty()
        ? Optional.empty()
        : Optional.of(new Chain(name, Hook.filter(point, policy), rules));
  }

  /** One rule for each pair of devices, kind of ICMP and range of ports. */
  private List<Rule> rules(Firewall.Rule rule) {
    Verdict verdict = rule.policy() == Firewall.Policy.ACCEPT ? Verdict.ACCEPT : Verdict.DROP;
    List<Rule> rules = new ArrayList<>();
    for (List<Statement> from : devices(rule.from(), Match.InputInterface::new)) {
      for (List<Statement> to : devices(rule.to(), Match.OutputInterface::new)) {
        for (List<Statement> what : contents(rule)) {
          List<Statement> statements = new ArrayList<>(from);
          statements.addAll(to);
          statements.addAll(what);
          statements.add(verdict);
          rules.add(new Rule(statements));
        }
      }
    }
    return rules;
  }

  private List<List<Statement>> devices(
      Optional<String> network, java.util.function.Function<String, Statement> match) {
    return network
        .map(
            name ->
                places.devices(host, name).stream()
                    .map(device -> List.of(match.apply(device)))
                    .toList())
        .orElse(List.of(List.of()));
  }

  private static List<List<Statement>> contents(Firewall.Rule rule) {
    return switch (rule.protocol()) {
      case ANY -> List.of(List.of());
      case TCP -> ports(TransportProtocol.TCP, rule.ports());
      case UDP -> ports(TransportProtocol.UDP, rule.ports());
      case ICMP ->
          List.of(
              List.of(new Match.Transport(TransportProtocol.ICMP)),
              List.of(new Match.Transport(TransportProtocol.ICMPV6)));
    };
  }

  private static List<List<Statement>> ports(TransportProtocol protocol, List<PortRange> ranges) {
    Statement transport = new Match.Transport(protocol);
    return ranges.isEmpty()
        ? List.of(List.of(transport))
        : ranges.stream()
            .map(
                range ->
                    List.of(transport, new Match.DestinationPorts(range.first(), range.last())))
            .toList();
  }

  private Chain masquerades() {
    List<Rule> rules =
        routing.masquerades().stream()
            .flatMap(
                masquerade ->
                    places.devices(host, masquerade.network()).stream()
                        .map(
                            device ->
                                Rule.of(
                                    new Match.OutputInterface(device),
                                    new Nat.Masquerade(masquerade.randomPorts()))))
            .toList();
    return new Chain("masquerades", Hook.nat(Hook.Point.POSTROUTING), rules);
  }
}
