package dev.warren.lab.description;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which packets a host takes and passes on. What belongs to a connection that was let through is
 * let through too, in both directions, and so is what a host sends to itself.
 *
 * @param input what becomes of packets for the host that no rule is about
 * @param forward what becomes of packets that it would pass on and no rule is about
 * @param rules tried in order: the first that fits decides
 */
public record Firewall(Policy input, Policy forward, List<Rule> rules) {
  /** Everything passes. */
  public static final Firewall OPEN = new Firewall(Policy.ACCEPT, Policy.ACCEPT, List.of());

  /** Copies the list. */
  public Firewall {
    rules = List.copyOf(rules);
  }

  /** The same with one more rule, after the others. */
  public Firewall rule(Rule rule) {
    List<Rule> more = new ArrayList<>(rules);
    more.add(rule);
    return new Firewall(input, forward, more);
  }

  /** What becomes of a packet. */
  public enum Policy {
    /** It passes. */
    ACCEPT,
    /** It is lost, and its sender is not told. */
    DROP
  }

  /** Which way packets go. */
  public enum Way {
    /** To the host itself. */
    INPUT,
    /** Through it. */
    FORWARD
  }

  /** What packets carry. */
  public enum Protocol {
    /** Whatever it is. */
    ANY,
    /** TCP. */
    TCP,
    /** UDP. */
    UDP,
    /** ICMP, of IPv4 or IPv6. */
    ICMP
  }

  /**
   * What becomes of certain packets.
   *
   * @param from the network they come from; nothing for any
   * @param to the network they go to, for {@link Way#FORWARD}; nothing for any
   * @param ports they go to, for TCP and UDP; none for any
   */
  public record Rule(
      Policy policy,
      Way way,
      Optional<String> from,
      Optional<String> to,
      Protocol protocol,
      List<PortRange> ports) {
    /** Checks that the parts fit together. */
    public Rule {
      ports = List.copyOf(ports);
      from.ifPresent(Checks::networkName);
      to.ifPresent(Checks::networkName);
      Checks.check(
          to.isEmpty() || way == Way.FORWARD,
          "\"to\" is for packets that are passed on: what is for the host goes nowhere else");
      Checks.check(
          ports.isEmpty() || protocol == Protocol.TCP || protocol == Protocol.UDP,
          "ports are of tcp or udp: say which");
    }

    /** Lets everything through on a way. */
    public static Rule allow(Way way) {
      return new Rule(
          Policy.ACCEPT, way, Optional.empty(), Optional.empty(), Protocol.ANY, List.of());
    }

    /** Drops everything on a way. */
    public static Rule deny(Way way) {
      return new Rule(
          Policy.DROP, way, Optional.empty(), Optional.empty(), Protocol.ANY, List.of());
    }

    /** The same, for packets from a network. */
    public Rule from(String network) {
      return new Rule(policy, way, Optional.of(network), to, protocol, ports);
    }

    /** The same, for packets to a network. */
    public Rule to(String network) {
      return new Rule(policy, way, from, Optional.of(network), protocol, ports);
    }

    /** The same, for what packets carry, and for TCP and UDP the ports: 80, or 8000-8010. */
    public Rule carrying(Protocol value, String... toPorts) {
      List<PortRange> ranges = List.of(toPorts).stream().map(PortRange::parse).toList();
      return new Rule(policy, way, from, to, value, ranges);
    }
  }
}
