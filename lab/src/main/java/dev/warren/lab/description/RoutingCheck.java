package dev.warren.lab.description;

import dev.warren.lab.source.Spelling;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks that routes and rules speak of networks and hosts that are there. One use each. */
final class RoutingCheck {
  private final Map<String, NetworkDescription> networks = new HashMap<>();
  private final Map<String, HostDescription> hosts = new HashMap<>();
  private final List<Fault> faults = new ArrayList<>();

  private RoutingCheck(List<NetworkDescription> networks, Stream<HostDescription> everyone) {
    networks.forEach(network -> this.networks.putIfAbsent(network.name(), network));
    everyone.forEach(host -> hosts.putIfAbsent(Checks.folded(host.name()), host));
  }

  static List<Fault> faults(
      List<NetworkDescription> networks, HostDescription root, List<HostDescription> hosts) {
    RoutingCheck check = new RoutingCheck(networks, Stream.concat(Stream.of(root), hosts.stream()));
    check.host(Subject.ROOT, root);
    for (int i = 0; i < hosts.size(); i++) {
      check.host(i, hosts.get(i));
    }
    return check.faults;
  }

  private void host(int index, HostDescription host) {
    HostRouting routing = host.routing();
    Set<RouteDescription.Target> targets = new HashSet<>();
    each(
        routing.routes(),
        place -> new Subject.Routing(index, Subject.RoutingPart.ROUTE, place),
        (subject, route) -> {
          route(subject, host, route);
          if (!targets.add(route.to()) && route.via() instanceof HostOrAddress.Name) {
            add(subject, "host %s has two routes to %s", host.name(), route.to());
          }
        });
    each(
        routing.masquerades(),
        place -> new Subject.Routing(index, Subject.RoutingPart.MASQUERADE, place),
        (subject, one) -> {
          onNetwork(subject, host, one.network());
          leadsOn(subject, host, "masquerade");
        });
    each(
        routing.portForwards(),
        place -> new Subject.Routing(index, Subject.RoutingPart.PORT_FORWARD, place),
        (subject, one) -> {
          onNetwork(subject, host, one.network());
          portForward(subject, one);
          leadsOn(subject, host, "forward-ports");
        });
    each(
        routing.firewall().rules(),
        place -> new Subject.Routing(index, Subject.RoutingPart.RULE, place),
        (subject, rule) ->
            Stream.concat(rule.from().stream(), rule.to().stream())
                .distinct()
                .forEach(name -> onNetwork(subject, host, name)));
  }

  private static <T> void each(
      List<T> parts, IntFunction<Subject> subject, BiConsumer<Subject, T> check) {
    for (int i = 0; i < parts.size(); i++) {
      check.accept(subject.apply(i), parts.get(i));
    }
  }

  private void leadsOn(Subject subject, HostDescription host, String key) {
    if (!host.routing().forwards()) {
      add(
          subject,
          "host %s does not pass packets on: %s needs \"forwarding: true\"",
          host.name(),
          key);
    }
  }

  private void route(Subject subject, HostDescription host, RouteDescription route) {
    if (route.to() instanceof RouteDescription.Target.Network(String name)
        && !networks.containsKey(name)) {
      noNetwork(subject, name);
      return;
    }
    switch (route.via()) {
      case HostOrAddress.Name(String name) -> viaHost(subject, host, route, name);
      case HostOrAddress.Address(InetAddress address) -> viaAddress(subject, host, address);
    }
  }

  private void viaHost(Subject subject, HostDescription host, RouteDescription route, String name) {
    Optional<HostDescription> gateway = known(subject, name);
    if (gateway.isEmpty()) {
      return;
    }
    if (gateway.get().equals(host)) {
      add(subject, "host %s has a route via itself", host.name());
    } else if (sharedNetworks(host, gateway.get()).isEmpty()) {
      add(
          subject,
          "the route to %s cannot go via %s: host %s shares no network with it",
          route.to(),
          name,
          host.name());
    }
  }

  private static Set<String> sharedNetworks(HostDescription one, HostDescription other) {
    Set<String> names =
        one.interfaces().stream().map(InterfaceDescription::network).collect(Collectors.toSet());
    names.retainAll(
        other.interfaces().stream().map(InterfaceDescription::network).collect(Collectors.toSet()));
    return names;
  }

  private void viaAddress(Subject subject, HostDescription host, InetAddress address) {
    boolean reached =
        host.interfaces().stream()
            .flatMap(
                link ->
                    Stream.concat(
                        Optional.ofNullable(networks.get(link.network())).stream()
                            .flatMap(network -> network.subnets().stream())
                            .map(subnet -> range(subnet.base(), subnet.prefix())),
                        link.settings().addresses().stream()
                            .map(one -> range(one.address(), one.prefix()))))
            .anyMatch(range -> range.contains(address));
    if (!reached) {
      add(
          subject,
          "a route cannot go via %s: host %s is on no network with that address",
          IpAddresses.text(address),
          host.name());
    }
  }

  private static IpRange range(InetAddress address, int prefix) {
    return IpRange.around(address, prefix);
  }

  private void portForward(Subject subject, PortForward forward) {
    if (forward.to() instanceof HostOrAddress.Name(String name)) {
      known(subject, name)
          .filter(target -> target.interfaces().isEmpty())
          .ifPresent(target -> add(subject, "host %s has no address to forward to", name));
    }
  }

  private Optional<HostDescription> known(Subject subject, String name) {
    HostDescription host = hosts.get(Checks.folded(name));
    if (host == null) {
      String hint = Spelling.hint(name, hosts.keySet());
      add(subject, "there is no host \"%s\"%s", name, hint);
    }
    return Optional.ofNullable(host);
  }

  private void onNetwork(Subject subject, HostDescription host, String network) {
    if (!networks.containsKey(network)) {
      noNetwork(subject, network);
    } else if (host.interfaces().stream().noneMatch(link -> link.network().equals(network))) {
      add(subject, "host %s is not on network %s", host.name(), network);
    }
  }

  private void noNetwork(Subject subject, String name) {
    String hint = Spelling.hint(name, networks.keySet());
    add(subject, "there is no network \"%s\"%s", name, hint);
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency
  private void add(Subject subject, String message, Object... values) {
    faults.add(new Fault(subject, message.formatted(values)));
  }
}
