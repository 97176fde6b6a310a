package dev.warren.lab.control;

import java.util.ArrayList;
import java.util.List;

/**
 * What a running host has of the kernel for itself besides what every host has.
 *
 * @param user whether it has a user namespace of its own
 * @param ownRoot whether its root is another user than the lab's
 * @param cgroup whether it has a cgroup namespace of its own
 */
public record RunningIsolation(boolean user, boolean ownRoot, boolean cgroup) {
  /** Nothing more. */
  public static final RunningIsolation NONE = new RunningIsolation(false, false, false);

  /**
   * What nsenter(1) needs to enter it besides the namespaces of every host.
   *
   * @param labUser whether the lab has a user namespace of its own
   */
  String options(boolean labUser) {
    List<String> options = new ArrayList<>();
    if (user || labUser) {
      options.add("--user");
    }
    if ((user || labUser) && !ownRoot) {
      options.add("--preserve-credentials");
    }
    if (cgroup) {
      options.add("--cgroup");
    }
    return String.join(" ", options);
  }
}
