package dev.warren.lab.host;

import dev.warren.lab.cgroup.Cgroup;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.namespace.NamespaceKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the cgroup namespace of a host. Its root is the control group of the process that makes it
 * (cgroup_namespaces(7)): a process that is limited as the host is, or else is where the JVM is.
 */
public final class CgroupNamespace {
  private CgroupNamespace() {}

  /**
   * Adds one to the namespaces of a host, unless it is there.
   *
   * @param outside the mount namespace whose programs are trusted
   * @param cgroup what limits the host
   */
  public static void add(
      Kernel kernel, HostNamespaces namespaces, Descriptor outside, Optional<Cgroup> cgroup)
      throws IOException {
    if (namespaces.hasCgroup()) {
      return;
    }
    List<String> maker = new ArrayList<>();
    namespaces.enclosure().ifPresent(one -> maker.addAll(one.nsenter(Map.of())));
    maker.addAll(List.of("unshare", "--cgroup", "--"));
    List<String> limited = cgroup.map(one -> one.command(maker)).orElse(maker);
    List<Integer> doors = cgroup.map(Cgroup::doors).orElse(List.of());
    try (Keeper keeper = Keeper.start(kernel, outside, limited, doors)) {
      namespaces.put(NamespaceKind.CGROUP, keeper.open(NamespaceKind.CGROUP));
    }
  }
}
