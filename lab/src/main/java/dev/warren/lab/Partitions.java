package dev.warren.lab;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.plan.Bridges;
import dev.warren.lab.plan.LinkOperation;
import dev.warren.lab.plan.Operation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Which networks of a running lab are parted, and how. The ends of the cables of each group lie on
 * a bridge of its own; the group that the root belongs to stays on the network's.
 */
final class Partitions {
  /** Indices of groups' bridges, between those of networks and those of cables. */
  private static final int FIRST_INDEX = 5000;

  private static final int LAST_INDEX = 9999;

  private record Parted(List<Set<String>> groups, LinkOperation.Split split) {}

  private volatile Map<String, Parted> parted = Map.of();

  Map<String, List<Set<String>>> groups() {
    Map<String, List<Set<String>>> groups = new LinkedHashMap<>();
    parted.forEach((network, one) -> groups.put(network, one.groups()));
    return groups;
  }

  void put(List<Set<String>> groups, LinkOperation.Split split) {
    Map<String, Parted> changed = new LinkedHashMap<>(parted);
    changed.put(split.network(), new Parted(groups.stream().map(Set::copyOf).toList(), split));
    parted = changed;
  }

  void remove(String network) {
    Map<String, Parted> changed = new LinkedHashMap<>(parted);
    changed.remove(network);
    parted = changed;
  }

  /** The step that parts a network; who is in no group is in one with all the others. */
  LinkOperation.Split split(
      LabDescription lab, Bridges bridges, String network, List<Set<String>> groups) {
    network(lab, network);
    Set<String> named = new HashSet<>();
    for (Set<String> group : groups) {
      for (String name : group) {
        HostDescription host =
            lab.host(name)
                .orElseThrow(
                    () -> new NoSuchElementException("lab " + lab.name() + " has no host " + name));
        if (!named.add(host.name())) {
          throw new IllegalArgumentException("host " + name + " is in two groups");
        }
        if (host.interfaces().stream().noneMatch(one -> one.network().equals(network))) {
          throw new IllegalArgumentException("host " + name + " is not on network " + network);
        }
      }
    }
    List<Set<String>> all = new ArrayList<>(groups);
    Set<String> rest = new HashSet<>();
    lab.everyone()
        .map(HostDescription::name)
        .filter(name -> !named.contains(name))
        .forEach(rest::add);
    all.add(rest);
    List<LinkOperation.Island> islands = new ArrayList<>();
    int index = FIRST_INDEX;
    for (Set<String> group : all) {
      List<Integer> numbers = numbers(lab, network, group);
      if (!group.contains(lab.root().name()) && !numbers.isEmpty()) {
        while (isTaken(index, network)) {
          index++;
        }
        // A dot: no network can be called so.
        islands.add(new LinkOperation.Island("part." + index, index, numbers));
        index++;
      }
    }
    return new LinkOperation.Split(lab.root().name(), network, bridges.index(network), islands);
  }

  private boolean isTaken(int index, String network) {
    if (index > LAST_INDEX) {
      throw new IllegalArgumentException("so many groups cannot be made");
    }
    return parted.values().stream()
        .filter(one -> !one.split().network().equals(network))
        .flatMap(one -> one.split().islands().stream())
        .anyMatch(island -> island.index() == index);
  }

  private static List<Integer> numbers(LabDescription lab, String network, Set<String> hosts) {
    return lab.hosts().stream()
        .filter(host -> hosts.contains(host.name()))
        .flatMap(host -> host.interfaces().stream())
        .filter(one -> one.network().equals(network))
        .map(InterfaceDescription::number)
        .toList();
  }

  /** The steps that make these networks whole. */
  List<Operation> heal(LabDescription lab, Collection<String> networks) {
    List<Operation> steps = new ArrayList<>();
    for (String network : networks) {
      Parted one = parted.get(network);
      if (one != null) {
        steps.add(new LinkOperation.Join(stillThere(lab, one.split())));
      }
    }
    return steps;
  }

  /** Without the cables that were taken away since. */
  private static LinkOperation.Split stillThere(LabDescription lab, LinkOperation.Split split) {
    List<Integer> present =
        lab.hosts().stream()
            .flatMap(host -> host.interfaces().stream())
            .filter(one -> one.network().equals(split.network()))
            .map(InterfaceDescription::number)
            .toList();
    return new LinkOperation.Split(
        split.root(),
        split.network(),
        split.bridge(),
        split.islands().stream()
            .map(
                island ->
                    new LinkOperation.Island(
                        island.bridge(),
                        island.index(),
                        island.numbers().stream().filter(present::contains).toList()))
            .toList());
  }

  /** Whether there is such a network. */
  static void network(LabDescription lab, String name) {
    if (lab.network(name).isEmpty()) {
      throw new NoSuchElementException(
          "lab %s has no network %s, only %s"
              .formatted(
                  lab.name(), name, lab.networks().stream().map(one -> one.name()).toList()));
    }
  }
}
