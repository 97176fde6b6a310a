package dev.warren.lab.plan;

import dev.warren.linux.netlink.Route;
import dev.warren.linux.nftables.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Steps that say where a host sends packets, and which it lets through. */
public sealed interface RoutingOperation extends Operation {
  /** The name of the host. */
  String host();

  /**
   * Changes a host's routes.
   *
   * @param away what it has and is to lose
   * @param added what it is to have
   */
  record SetRoutes(String host, List<Route> away, List<Route> added) implements RoutingOperation {
    /** Copies the lists. */
    public SetRoutes {
      away = List.copyOf(away);
      added = List.copyOf(added);
    }

    @Override
    public String describe() {
      String gone = away.isEmpty() ? "" : "; no more " + joined(away);
      return "route in host " + host + ": " + joined(added) + gone;
    }

    private static String joined(List<Route> routes) {
      return routes.isEmpty()
          ? "nothing"
          : routes.stream().map(Route::toString).collect(Collectors.joining(", "));
    }
  }

  /**
   * Lets a host pass packets on, IPv4 and IPv6, or no longer.
   *
   * @param devices its interfaces
   */
  record Forward(String host, List<String> devices, boolean on) implements RoutingOperation {
    /** Copies the list. */
    public Forward {
      devices = List.copyOf(devices);
    }

    @Override
    public String describe() {
      return on
          ? "let host " + host + " pass packets on"
          : "stop host " + host + " passing packets on";
    }
  }

  /**
   * Gives a host rules for packets, in the place of those it had.
   *
   * @param before what it had
   * @param table what it is to have
   */
  record Filter(String host, Optional<Table> before, Optional<Table> table)
      implements RoutingOperation {
    @Override
    public String describe() {
      return table
          .map(
              rules ->
                  "filter packets in host "
                      + host
                      + ": "
                      + rules.chains().stream()
                          .map(
                              chain ->
                                  chain.name()
                                      + " { "
                                      + Stream.concat(
                                              Stream.of(chain.hook().toString()),
                                              chain.rules().stream().map(Object::toString))
                                          .collect(Collectors.joining("; "))
                                          .replace(";;", ";")
                                      + " }")
                          .collect(Collectors.joining(" ")))
          .orElse("filter no packets in host " + host);
    }
  }
}
