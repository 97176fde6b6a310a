package dev.warren.lab.description;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a host sends packets, and which it lets through.
 *
 * @param routes to networks that it is not on
 * @param forwards whether it passes packets on from one of its networks to another
 * @param masquerades the networks where what leaves gets the host's own address
 * @param portForwards ports that lead to servers behind it
 * @param firewall which packets it takes and passes on
 */
public record HostRouting(
    List<RouteDescription> routes,
    boolean forwards,
    List<Masquerade> masquerades,
    List<PortForward> portForwards,
    Firewall firewall) {

  /** To the networks that it is on, and nothing for others. */
  public static final HostRouting NONE =
      new HostRouting(List.of(), false, List.of(), List.of(), Firewall.OPEN);

  /** Copies the lists. */
  public HostRouting {
    routes = List.copyOf(routes);
    masquerades = List.copyOf(masquerades);
    portForwards = List.copyOf(portForwards);
  }

  /**
   * The same with one more route.
   *
   * @param to {@code default}, {@code 10.9.0.0/16}, an address, or a network's name
   * @param via a host's name or an address
   */
  public HostRouting route(String to, String via) {
    return route(RouteDescription.parse(to, via));
  }

  /** The same with one more route. */
  public HostRouting route(RouteDescription route) {
    return new HostRouting(and(routes, route), forwards, masquerades, portForwards, firewall);
  }

  /** The same, passing packets on or not. */
  public HostRouting forwarding(boolean value) {
    return new HostRouting(routes, value, masquerades, portForwards, firewall);
  }

  /** The same with its own address on what leaves by one more network. */
  public HostRouting masquerade(String network) {
    return masquerade(new Masquerade(network));
  }

  /** The same with its own address on what leaves by one more network. */
  public HostRouting masquerade(Masquerade masquerade) {
    return new HostRouting(routes, forwards, and(masquerades, masquerade), portForwards, firewall);
  }

  /** The same with one more port that leads to a server. */
  public HostRouting forwardPort(PortForward forward) {
    return new HostRouting(routes, forwards, masquerades, and(portForwards, forward), firewall);
  }

  /** The same with another firewall. */
  public HostRouting firewall(Firewall value) {
    return new HostRouting(routes, forwards, masquerades, portForwards, value);
  }

  private static <T> List<T> and(List<T> list, T one) {
    List<T> more = new ArrayList<>(list);
    more.add(one);
    return more;
  }
}
