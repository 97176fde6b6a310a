package dev.warren.lab.description;

import java.util.Optional;

/**
 * What of the kernel a host has for itself besides what every host has: net, mount, UTS, IPC, PID.
 *
 * @param user whether it has a user namespace (user_namespaces(7)), which owns its other
 *     namespaces: its root is then root over nothing but the host
 * @param cgroup whether it has a cgroup namespace (cgroup_namespaces(7)): it sees its own control
 *     group as the root of all
 * @param ids which ids of the lab are those of the host, 0 first; empty: those that Warren chooses.
 *     Only with a user namespace
 */
public record HostIsolation(boolean user, boolean cgroup, Optional<IdRange> ids) {

  /** Nothing more. */
  public static final HostIsolation NONE = new HostIsolation(false, false, Optional.empty());

  /** Checks that ids have a namespace to be in. */
  public HostIsolation {
    Checks.check(
        user || ids.isEmpty(), "ids are those of a user namespace of the host's own: user: true");
  }

  /** The same with a user namespace. */
  public HostIsolation withUser() {
    return new HostIsolation(true, cgroup, ids);
  }

  /** The same with a user namespace whose ids are these ids of the lab. */
  public HostIsolation withUser(IdRange its) {
    return new HostIsolation(true, cgroup, Optional.of(its));
  }

  /** The same with a cgroup namespace. */
  public HostIsolation withCgroup() {
    return new HostIsolation(user, true, ids);
  }
}
