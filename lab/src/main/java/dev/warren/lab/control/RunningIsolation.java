package dev.warren.lab.control;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a running host has of the kernel for itself besides what every host has.
 *
 * @param user whether it has a user namespace of its own
 * @param ownRoot whether its root is another user than the lab's
 * @param cgroup whether it has a cgroup namespace of its own
 * @param wrapping under cwrap: the folder with what makes a process one of the host, see {@link
 *     dev.warren.lab.cwrap.HostFolder}; then it has nothing of the kernel for itself
 */
public record RunningIsolation(
    boolean user, boolean ownRoot, boolean cgroup, Optional<Path> wrapping) {
  /** Nothing more. */
  public static final RunningIsolation NONE =
      new RunningIsolation(false, false, false, Optional.empty());

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
