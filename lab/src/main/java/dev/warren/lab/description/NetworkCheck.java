package dev.warren.lab.description;

import dev.warren.lab.source.Spelling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks what networks and interfaces have besides addresses. One use each. */
final class NetworkCheck {
  /** BR_MAX_PORTS of net/bridge/br_private.h, less the number 0, which is none. */
  private static final int MOST_PORTS = 1023;

  /** RFC 8200, 5. */
  private static final int LEAST_IPV6_MTU = 1280;

  private final Map<String, NetworkDescription> networks = new HashMap<>();
  private final List<HostDescription> hosts;
  private final List<Fault> faults = new ArrayList<>();

  private NetworkCheck(List<NetworkDescription> all, List<HostDescription> hosts) {
    all.forEach(network -> networks.putIfAbsent(network.name(), network));
    this.hosts = hosts;
  }

  static List<Fault> faults(
      List<NetworkDescription> networks, HostDescription root, List<HostDescription> hosts) {
    NetworkCheck check = new NetworkCheck(networks, hosts);
    for (int i = 0; i < networks.size(); i++) {
      check.network(new Subject.Network(i), networks.get(i));
    }
    check.interfaces(Subject.ROOT, root);
    for (int i = 0; i < hosts.size(); i++) {
      check.interfaces(i, hosts.get(i));
    }
    return check.faults;
  }

  private void network(Subject.Network subject, NetworkDescription network) {
    List<String> ends =
        hosts.stream()
            .flatMap(host -> host.interfaces().stream().map(link -> Map.entry(host, link)))
            .filter(end -> end.getValue().network().equals(network.name()))
            .map(end -> end.getKey().name())
            .toList();
    if (network.settings().cable() && ends.size() != 2) {
      String found = ends.isEmpty() ? "none" : String.join(", ", ends);
      add(
          subject,
          "the cable %s needs two hosts, one at each end: it has %s",
          network.name(),
          found);
    }
    if (ends.size() > MOST_PORTS) {
      add(
          subject,
          "network %s has %d interfaces, but a bridge no more than %d ports: make it several"
              + " networks with routers between them",
          network.name(),
          ends.size(),
          MOST_PORTS);
    }
    network
        .settings()
        .gateway()
        .ifPresent(name -> gateway(new Subject.Gateway(subject.index()), network, name));
    network.settings().mtu().ifPresent(mtu -> ipv6Mtu(subject, network, mtu));
  }

  private void gateway(Subject subject, NetworkDescription network, String name) {
    Optional<HostDescription> host =
        hosts.stream().filter(one -> one.name().equalsIgnoreCase(name)).findFirst();
    if (host.isEmpty()) {
      List<String> names = hosts.stream().map(HostDescription::name).toList();
      String hint = Spelling.hint(name, names);
      add(subject, "there is no host \"%s\" to be the gateway%s", name, hint);
    } else if (host.get().interfaces().stream()
        .noneMatch(link -> link.network().equals(network.name()))) {
      add(subject, "the gateway %s is not on network %s", name, network.name());
    }
  }

  private void ipv6Mtu(Subject subject, NetworkDescription network, int mtu) {
    if (network.ipv6().isPresent() && mtu < LEAST_IPV6_MTU) {
      add(
          subject,
          "IPv6 needs an MTU of %d at least, but on network %s it is %d",
          LEAST_IPV6_MTU,
          network.name(),
          mtu);
    }
  }

  private void interfaces(int index, HostDescription host) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < host.interfaces().size(); i++) {
      InterfaceDescription link = host.interfaces().get(i);
      Subject subject = new Subject.Interface(index, i);
      Optional<NetworkDescription> network = Optional.ofNullable(networks.get(link.network()));
      if (index == Subject.ROOT) {
        network.ifPresent(one -> rootLink(subject, link, one));
        continue;
      }
      if (!link.isAutomatic() && !names.add(link.nameInHost())) {
        String name = link.nameInHost();
        add(subject, "host %s has two interfaces called %s", host.name(), name);
      }
      network.ifPresent(one -> mtu(subject, link, one));
    }
  }

  private void rootLink(Subject subject, InterfaceDescription link, NetworkDescription network) {
    InterfaceSettings settings = link.settings();
    if (settings.name().isPresent() || settings.mac().isPresent() || settings.mtu().isPresent()) {
      add(
          subject,
          "an interface of the root is an address on the bridge %s: it has no name, mac or mtu of"
              + " its own",
          network.name());
    }
    if (network.settings().cable()) {
      add(subject, "the root cannot be at the cable %s: it is for two hosts", network.name());
    }
  }

  private void mtu(Subject subject, InterfaceDescription link, NetworkDescription network) {
    link.settings()
        .mtu()
        .ifPresent(
            mtu -> {
              ipv6Mtu(subject, network, mtu);
              int most = network.settings().mtu().orElse(NetworkSettings.USUAL_MTU);
              if (mtu > most) {
                add(
                    subject,
                    "an MTU of %d is more than the %d of network %s: give that an mtu too",
                    mtu,
                    most,
                    network.name());
              }
            });
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency
  private void add(Subject subject, String message, Object... values) {
    faults.add(new Fault(subject, message.formatted(values)));
  }
}
