package dev.warren.lab.plan;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.ServiceDescription;
import dev.warren.lab.description.ServiceName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The steps that start services, each after those that it needs. */
public final class ServicePlanner {
  private final LabDescription lab;
  private final Map<ServiceName, ServiceOperation.Start> all = new LinkedHashMap<>();
  private final Map<ServiceName, ServiceOperation.Start> ordered = new LinkedHashMap<>();

  private ServicePlanner(LabDescription lab) {
    this.lab = lab;
  }

  /** Adds the steps for all services of a lab, and one that waits for them. */
  static void add(LabDescription lab, List<Operation> operations) {
    add(lab, _ -> true, operations);
  }

  /** Adds the steps for the services of some hosts, and one that waits for them. */
  static void add(
      LabDescription lab, Predicate<ServiceOperation.Start> wanted, List<Operation> operations) {
    List<ServiceOperation.Start> starts = starting(lab).stream().filter(wanted).toList();
    operations.addAll(starts);
    if (!starts.isEmpty()) {
      operations.add(
          new ServiceOperation.AwaitReady(
              starts.stream().map(ServiceOperation.Start::name).toList()));
    }
  }

  /** The steps that start the services of a lab, each after those that it needs. */
  public static List<ServiceOperation.Start> starting(LabDescription lab) {
    ServicePlanner planner = new ServicePlanner(lab);
    lab.everyone().forEach(planner::collect);
    planner.all.values().forEach(planner::order);
    return List.copyOf(planner.ordered.values());
  }

  /** The services of a host, those first that need others. */
  static List<ServiceName> stopping(LabDescription lab, HostDescription host) {
    return starting(lab).stream()
        .map(ServiceOperation.Start::name)
        .filter(name -> name.host().equals(host.name()))
        .toList()
        .reversed();
  }

  private void collect(HostDescription host) {
    for (ServiceDescription service : host.services()) {
      ServiceOperation.Start start =
          new ServiceOperation.Start(host.name(), service, lab.addresses(host));
      all.put(start.name(), start);
    }
  }

  /** There are no circles: the description was checked. */
  private void order(ServiceOperation.Start start) {
    if (ordered.containsKey(start.name())) {
      return;
    }
    for (ServiceName need : start.service().needs(start.host())) {
      ServiceOperation.Start needed = all.get(need);
      if (needed != null) {
        order(needed);
      }
    }
    ordered.put(start.name(), start);
  }
}
