package dev.warren.lab.graph;

import java.util.Locale;
import java.util.stream.Collectors;

/** A topology in sentences, for who cannot see the picture. */
final class Summary {
  private Summary() {}

  /** How many of what, in a few words. */
  static String counts(Topology topology) {
    long cables = topology.networks().stream().filter(Topology.Network::cable).count();
    long networks = topology.networks().size() - cables;
    String text = count(topology.hosts().size(), "host") + ", " + count(networks, "network");
    return cables == 0 ? text : text + ", " + count(cables, "cable");
  }

  /** Everything. */
  static String of(Topology topology) {
    StringBuilder text =
        new StringBuilder("Lab %s: %s.".formatted(topology.lab(), counts(topology)));
    for (Topology.Network network : topology.networks()) {
      text.append(
          " %s %s has %s."
              .formatted(
                  network.cable() ? "Cable" : "Network",
                  network.name(),
                  String.join(" and ", network.subnets())));
    }
    text.append(" Root %s%s.".formatted(topology.root().name(), links(topology.root())));
    for (Topology.Node host : topology.hosts()) {
      String roles = host.roles().isEmpty() ? "Host" : String.join(", ", host.roles()) + " host";
      text.append(
          " %s%s %s%s."
              .formatted(
                  roles.substring(0, 1).toUpperCase(Locale.ROOT),
                  roles.substring(1),
                  host.name(),
                  links(host)));
    }
    return text.toString();
  }

  private static String links(Topology.Node host) {
    if (host.links().isEmpty()) {
      return " is on no network";
    }
    return host.links().stream()
        .map(
            link ->
                (link.addresses().isEmpty() ? "" : String.join(" and ", link.addresses()) + " ")
                    + "on "
                    + link.network()
                    + (link.conditions().isEmpty()
                        ? ""
                        : " (" + String.join(", ", link.conditions()) + ")"))
        .collect(Collectors.joining(", ", " has ", ""));
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
