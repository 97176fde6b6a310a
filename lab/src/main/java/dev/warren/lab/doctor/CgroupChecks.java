package dev.warren.lab.doctor;

import dev.warren.lab.cgroup.LimitSupport;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Whether hosts can have limits. */
final class CgroupChecks {
  private static final String NAME = "cgroups";
  private static final String COST = "no `limits` of hosts: %s";

  private CgroupChecks() {}

  static Finding run() {
    try {
      return judge(LimitSupport.here());
    } catch (IOException unreadable) {
      return Finding.no(
          NAME,
          Need.FEATURES,
          String.valueOf(unreadable.getMessage()),
          COST.formatted("memory, cpu, pids"),
          "mount /proc");
    }
  }

  static Finding judge(List<LimitSupport> limits) {
    String can =
        limits.stream()
            .filter(limit -> limit.obstacle().isEmpty())
            .map(limit -> "%s (version %d)".formatted(limit.controller(), limit.unified() ? 2 : 1))
            .collect(Collectors.joining(", "));
    List<LimitSupport> refused =
        limits.stream().filter(limit -> limit.obstacle().isPresent()).toList();
    if (refused.isEmpty()) {
      return Finding.yes(NAME, Need.FEATURES, "limits of " + can);
    }
    LimitSupport first = refused.getFirst();
    String cost =
        COST.formatted(
            refused.stream().map(LimitSupport::controller).collect(Collectors.joining(", ")));
    String why = first.obstacle().map(LimitSupport.Obstacle::why).orElse("");
    String remedy = first.obstacle().map(LimitSupport.Obstacle::remedy).orElse("");
    return can.isEmpty()
        ? Finding.no(NAME, Need.FEATURES, why, cost, remedy)
        : Finding.partly(
            NAME, Need.FEATURES, "limits of %s; else %s".formatted(can, why), cost, remedy);
  }
}
