package dev.warren.lab.description;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Gives numbers to interfaces that have none yet. Where no number is left the interface stays
 * without one, which {@link LabCheck} reports.
 *
 * <p>A root without interfaces gets one on every network: number 11, which is the client's in
 * Samba's selftest, or where that is taken or does not fit the greatest that is free. Hosts get the
 * lowest numbers that are free everywhere. The two ends of a cable have its first and second
 * address, in the order of the hosts.
 */
final class Numbering {

  private static final int CLIENT = 11;

  private final List<NetworkDescription> networks;
  private final HostDescription givenRoot;

  /** Numbers that name a cable, or that a root's address has on some network. */
  private final Set<Integer> taken = new HashSet<>();

  /** Positions that are given on networks, by the network's name. */
  private final Map<String, Set<Integer>> positions = new HashMap<>();

  private int next = 1;

  Numbering(List<NetworkDescription> networks, HostDescription root, List<HostDescription> hosts) {
    this.networks = networks;
    this.givenRoot = root;
    hosts.stream()
        .flatMap(host -> host.interfaces().stream())
        .forEach(
            link -> {
              taken.add(link.number());
              link.settings()
                  .position()
                  .ifPresent(
                      position ->
                          positions
                              .computeIfAbsent(link.network(), _ -> new HashSet<>())
                              .add(position));
            });
  }

  /** The root with its numbers; to be asked before any host. */
  HostDescription root() {
    List<InterfaceDescription> links =
        givenRoot.interfaces().isEmpty()
            ? networks.stream()
                .filter(network -> !network.settings().cable())
                .map(network -> InterfaceDescription.automatic(network.name()))
                .toList()
            : givenRoot.interfaces();
    Set<InterfaceDescription> own = new HashSet<>(links);
    List<InterfaceDescription> numbered = new ArrayList<>();
    for (InterfaceDescription link : links) {
      numbered.add(link.isAutomatic() ? rootLink(link, own) : link);
      own.add(numbered.getLast());
    }
    numbered.forEach(link -> taken.add(link.number()));
    return givenRoot.withInterfaces(numbered);
  }

  /** A host with its numbers. */
  HostDescription numbered(HostDescription host) {
    List<InterfaceDescription> links = new ArrayList<>();
    for (InterfaceDescription link : host.interfaces()) {
      InterfaceDescription placed = onCable(link);
      links.add(placed.isAutomatic() ? hostLink(placed) : placed);
    }
    return host.withInterfaces(links);
  }

  /** May be a number that the root has on another network: only hosts' numbers name cables. */
  private InterfaceDescription rootLink(InterfaceDescription link, Set<InterfaceDescription> own) {
    return network(link.network()).stream()
        .flatMapToInt(
            network ->
                IntStream.concat(
                    IntStream.of(CLIENT).filter(network::fits),
                    IntStream.iterate(network.lastNumber(), n -> n > 0, n -> n - 1)))
        .filter(n -> !taken.contains(n))
        .filter(
            n -> own.stream().noneMatch(o -> o.network().equals(link.network()) && o.number() == n))
        .mapToObj(link::withNumber)
        .findFirst()
        .orElse(link);
  }

  private InterfaceDescription hostLink(InterfaceDescription link) {
    Optional<NetworkDescription> network = network(link.network());
    while (taken.contains(next)) {
      next++;
    }
    boolean fits =
        network.isPresent() && (link.settings().position().isPresent() || network.get().fits(next));
    if (!fits) {
      return link;
    }
    taken.add(next);
    return link.withNumber(next);
  }

  /** A cable has two ends, whatever their numbers: the first is at 1 where neither says. */
  private InterfaceDescription onCable(InterfaceDescription link) {
    boolean cable = network(link.network()).filter(n -> n.settings().cable()).isPresent();
    if (!cable || link.settings().position().isPresent()) {
      return link;
    }
    Set<Integer> used = positions.computeIfAbsent(link.network(), _ -> new HashSet<>());
    int position = used.contains(1) ? 2 : 1;
    used.add(position);
    return link.withSettings(link.settings().position(position));
  }

  private Optional<NetworkDescription> network(String name) {
    return networks.stream().filter(n -> n.name().equals(name)).findFirst();
  }
}
