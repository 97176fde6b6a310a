package dev.warren.lab.description;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets automatic interfaces keep the numbers that they have in a lab that runs, so that a host that
 * is added to a file in front of others does not give all of them other addresses.
 */
final class KeptNumbers {
  private final LabDescription running;

  /** Numbers that are given, or kept by somebody. */
  private final Set<Integer> taken = new HashSet<>();

  KeptNumbers(LabDescription running, List<HostDescription> hosts) {
    this.running = running;
    hosts.forEach(host -> host.interfaces().forEach(one -> taken.add(one.number())));
  }

  /** A root that says nothing keeps its addresses on networks that stay. */
  HostDescription root(HostDescription root, List<NetworkDescription> networks) {
    if (!root.interfaces().isEmpty()) {
      return root;
    }
    List<InterfaceDescription> links = new ArrayList<>();
    List<NetworkDescription> bridged =
        networks.stream().filter(network -> !network.settings().cable()).toList();
    for (NetworkDescription network : bridged) {
      List<InterfaceDescription> before =
          running.root().interfaces().stream()
              .filter(one -> one.network().equals(network.name()))
              .filter(one -> network.fits(one.number()) && !taken.contains(one.number()))
              .toList();
      links.addAll(
          before.isEmpty() ? List.of(InterfaceDescription.automatic(network.name())) : before);
    }
    return root.withInterfaces(links);
  }

  /** A host with those numbers that it had; others stay automatic. */
  HostDescription host(HostDescription host) {
    List<InterfaceDescription> before =
        running.hosts().stream()
            .filter(one -> one.name().equals(host.name()))
            .flatMap(one -> one.interfaces().stream())
            .toList();
    return host.withInterfaces(
        host.interfaces().stream()
            .map(one -> one.isAutomatic() ? kept(one, before) : one)
            .toList());
  }

  private InterfaceDescription kept(InterfaceDescription link, List<InterfaceDescription> before) {
    Optional<InterfaceDescription> same =
        before.stream()
            .filter(one -> one.network().equals(link.network()))
            .filter(one -> !taken.contains(one.number()))
            .findFirst();
    same.ifPresent(one -> taken.add(one.number()));
    return same.map(one -> link.withNumber(one.number())).orElse(link);
  }
}
