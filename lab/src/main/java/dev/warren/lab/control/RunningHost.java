package dev.warren.lab.control;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A host of a lab that runs.
 *
 * @param name its name in the lab
 * @param init its PID 1, as the machine sees it
 * @param network the supervisor's open file of its network namespace: as long as the host runs, the
 *     same file as that under /proc/PID/ns of its init. Under cwrap, the host's folder
 * @param userNamespace whether whoever enters it must enter the lab's user namespace first
 * @param interfaces names of its interfaces, without lo
 * @param addresses its addresses, IPv4 and IPv6, without prefix lengths
 * @param frozen whether its processes are stopped
 * @param cut those of its interfaces whose links are cut
 * @param conditions of those of its links where any hold, by the interface
 * @param services the states of its services in small letters, by their names
 * @param cgroups the folders of the control groups that whoever enters it must enter first
 * @param isolation which further namespaces whoever enters it must enter
 */
public record RunningHost(
    String name,
    ProcessIdentity init,
    Path network,
    boolean userNamespace,
    List<String> interfaces,
    List<String> addresses,
    boolean frozen,
    List<String> cut,
    Map<String, RunningConditions> conditions,
    Map<String, String> services,
    List<Path> cgroups,
    RunningIsolation isolation) {
  /** A host that runs, with all its links. */
  public RunningHost(
      String name,
      ProcessIdentity init,
      Path network,
      boolean userNamespace,
      List<String> interfaces,
      List<String> addresses) {
    this(
        name,
        init,
        network,
        userNamespace,
        interfaces,
        addresses,
        false,
        List.of(),
        Map.of(),
        Map.of(),
        List.of(),
        RunningIsolation.NONE);
  }

  /** Copies the collections. */
  public RunningHost {
    conditions = Map.copyOf(conditions);
    services = Map.copyOf(services);
    cut = List.copyOf(cut);
    cgroups = List.copyOf(cgroups);
    interfaces = List.copyOf(interfaces);
    addresses = List.copyOf(addresses);
  }
}
