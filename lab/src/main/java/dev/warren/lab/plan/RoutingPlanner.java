package dev.warren.lab.plan;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.routing.PacketFilter;
import dev.warren.lab.routing.Routes;
import dev.warren.linux.netlink.Route;
import dev.warren.linux.nftables.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps that give hosts their routes and rules. */
final class RoutingPlanner {
  private RoutingPlanner() {}

  /** The steps of a host that is new, its interfaces being there. */
  static List<Operation> start(LabDescription lab, HostDescription host) {
    List<Operation> steps = new ArrayList<>();
    Optional<Table> table = PacketFilter.of(lab, host);
    if (table.isPresent()) {
      // Before anything can pass.
      steps.add(new RoutingOperation.Filter(host.name(), Optional.empty(), table));
    }
    List<Route> routes = Routes.of(lab, host);
    if (!routes.isEmpty()) {
      steps.add(new RoutingOperation.SetRoutes(host.name(), List.of(), routes));
    }
    if (host.routing().forwards()) {
      steps.add(new RoutingOperation.Forward(host.name(), devices(lab, host), true));
    }
    return steps;
  }

  /**
   * The steps that make a running host's routes and rules those of another description, its
   * interfaces being changed already.
   *
   * @param was the host in the lab as it was; routes that went with an interface are not missed
   */
  static List<Operation> change(
      LabDescription before, HostDescription was, LabDescription lab, HostDescription host) {
    List<Operation> steps = new ArrayList<>();
    Optional<Table> oldTable = PacketFilter.of(before, was);
    Optional<Table> table = PacketFilter.of(lab, host);
    if (!table.equals(oldTable)) {
      steps.add(new RoutingOperation.Filter(host.name(), oldTable, table));
    }
    List<Route> oldRoutes = Routes.of(before, was);
    List<Route> routes = Routes.of(lab, host);
    boolean moved = !devices(before, was).equals(devices(lab, host));
    if (!routes.equals(oldRoutes) || (moved && !routes.isEmpty())) {
      List<Route> away = oldRoutes.stream().filter(route -> !routes.contains(route)).toList();
      steps.add(new RoutingOperation.SetRoutes(host.name(), away, routes));
    }
    if (host.routing().forwards() != was.routing().forwards()) {
      boolean on = host.routing().forwards();
      steps.add(new RoutingOperation.Forward(host.name(), devices(lab, host), on));
    }
    return steps;
  }

  private static List<String> devices(LabDescription lab, HostDescription host) {
    boolean root = host.name().equals(lab.root().name());
    return host.interfaces().stream()
        .map(root ? InterfaceDescription::network : InterfaceDescription::nameInHost)
        .distinct()
        .toList();
  }
}
