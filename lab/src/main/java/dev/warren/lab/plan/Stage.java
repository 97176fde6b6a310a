package dev.warren.lab.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A part of a plan that ends before the next begins. Its strands may go side by side: each has the
 * operations that make one host, in order, or a single one that others wait for.
 */
record Stage(List<List<Operation>> strands) {
  Stage {
    strands = strands.stream().map(List::copyOf).toList();
  }

  /** Parts a plan, as far as hosts are made in it. */
  static List<Stage> of(List<Operation> plan) {
    Set<String> made = new HashSet<>();
    List<Stage> stages = new ArrayList<>();
    Map<String, List<Operation>> strands = new LinkedHashMap<>();
    for (Operation operation : plan) {
      if (operation instanceof HostOperation.MakeHost make) {
        made.add(make.host());
      }
      Optional<String> host = host(operation).filter(made::contains);
      if (host.isPresent()) {
        strands.computeIfAbsent(host.get(), _ -> new ArrayList<>()).add(operation);
      } else {
        close(strands, stages);
        stages.add(new Stage(List.of(List.of(operation))));
      }
    }
    close(strands, stages);
    return stages;
  }

  private static void close(Map<String, List<Operation>> strands, List<Stage> stages) {
    if (!strands.isEmpty()) {
      stages.add(new Stage(List.copyOf(strands.values())));
      strands.clear();
    }
  }

  /** The one host that an operation has to do with while it is made. */
  static Optional<String> host(Operation operation) {
    return switch (operation) {
      case HostOperation.StopInit _, HostOperation.RemoveHost _ -> Optional.empty();
      case HostOperation host -> Optional.of(host.host());
      case FileOperation file -> Optional.of(file.host());
      case NetworkOperation.CreateNetwork _ -> Optional.empty();
      case NetworkOperation network -> Optional.of(network.host());
      case RoutingOperation routing -> Optional.of(routing.host());
      case ConditionOperation.SetConditions conditions -> Optional.of(conditions.host());
      case ConditionOperation.Reseed _,
          Operation.MakeBase _,
          LinkOperation _,
          ServiceOperation _,
          CaptureOperation _ ->
          Optional.empty();
    };
  }

  /** Whether an operation is carried out by a thread in the host. */
  static boolean isInside(Operation operation) {
    return switch (operation) {
      case FileOperation.Rename _ -> false;
      case FileOperation _,
          NetworkOperation.LoopbackUp _,
          NetworkOperation.Connect _,
          HostOperation.ServeDns _ ->
          true;
      default -> false;
    };
  }
}
