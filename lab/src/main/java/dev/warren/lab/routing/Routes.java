package dev.warren.lab.routing;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.HostOrAddress;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.IpRange;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.NetworkDescription;
import dev.warren.lab.description.RouteDescription;
import dev.warren.lab.description.RouteDescription.Target;
import dev.warren.lab.description.Subnet;
import dev.warren.linux.netlink.Route;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The routes of a host. */
public final class Routes {
  private static final List<Boolean> KINDS = List.of(true, false);

  private final Places places;
  private final HostDescription host;
  private final List<Route> routes = new ArrayList<>();

  private Routes(LabDescription lab, HostDescription host) {
    this.places = new Places(lab);
    this.host = host;
  }

  /**
   * The routes of a host: its own, in their order, and default routes via the gateways of its
   * networks where it has none of a kind. The root is on all networks and has only its own.
   */
  public static List<Route> of(LabDescription lab, HostDescription host) {
    Routes routes = new Routes(lab, host);
    host.routing().routes().forEach(routes::add);
    if (!host.equals(lab.root())) {
      host.interfaces().forEach(routes::byGateway);
    }
    return List.copyOf(routes.routes);
  }

  private void add(RouteDescription route) {
    switch (route.to()) {
      case Target.Everywhere _ ->
          KINDS.forEach(
              ipv4 -> via(route.via(), ipv4).map(Route::byDefault).ifPresent(routes::add));
      case Target.Range(IpRange range) -> add(range.base(), range.prefix(), route.via());
      case Target.Network(String name) -> {
        NetworkDescription network = places.lab().network(name).orElseThrow();
        network.subnets().forEach(subnet -> add(lowest(subnet), subnet.prefix(), route.via()));
      }
    }
  }

  private void add(InetAddress base, int prefix, HostOrAddress via) {
    // A range of everything is a default route to the kernel, of its kind alone.
    Optional<InetAddress> destination = prefix == 0 ? Optional.empty() : Optional.of(base);
    via(via, isIpv4(base))
        .ifPresent(gateway -> routes.add(new Route(destination, prefix, gateway)));
  }

  private Optional<InetAddress> via(HostOrAddress via, boolean ipv4) {
    return switch (via) {
      case HostOrAddress.Address(InetAddress address) ->
          Optional.of(address).filter(one -> isIpv4(one) == ipv4);
      case HostOrAddress.Name(String name) -> places.addressFor(host, places.host(name), ipv4);
    };
  }

  private void byGateway(InterfaceDescription link) {
    NetworkDescription network = places.lab().network(link.network()).orElseThrow();
    Optional<HostDescription> gateway =
        network.settings().gateway().map(places::host).filter(one -> !one.equals(host));
    for (boolean ipv4 : KINDS) {
      boolean has =
          routes.stream()
              .anyMatch(route -> route.destination().isEmpty() && isIpv4(route.gateway()) == ipv4);
      if (!has) {
        gateway
            .flatMap(one -> places.address(one, network.name(), ipv4))
            .map(Route::byDefault)
            .ifPresent(routes::add);
      }
    }
  }

  /** In IPv6 the base may be any address of the range. */
  private static InetAddress lowest(Subnet subnet) {
    byte[] bytes = subnet.base().getAddress();
    for (int bit = subnet.prefix(); bit < bytes.length * Byte.SIZE; bit++) {
      bytes[bit / Byte.SIZE] &= (byte) ~(0x80 >>> bit % Byte.SIZE);
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 octets", e);
    }
  }

  private static boolean isIpv4(InetAddress address) {
    return address instanceof Inet4Address;
  }
}
