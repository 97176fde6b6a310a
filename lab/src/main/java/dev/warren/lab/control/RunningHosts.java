package dev.warren.lab.control;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.Link;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.HostIsolation;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.IpAddresses;
import dev.warren.lab.service.Service;
import dev.warren.lab.wire.LinkReport;
import dev.warren.lab.wire.Means;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What others get to know of a lab's hosts. */
public final class RunningHosts {
  private RunningHosts() {}

  /**
   * The hosts of a lab of this JVM, the root first.
   *
   * @param userNamespace whether this JVM runs in a user namespace that it was started in
   * @return without those that have ended, as in the midst of a change
   */
  public static List<RunningHost> of(Lab lab, boolean userNamespace) throws IOException {
    List<RunningHost> hosts = new ArrayList<>();
    for (Host host : Stream.concat(Stream.of(lab.root()), lab.hosts().stream()).toList()) {
      Optional<ProcessIdentity> init = ProcessIdentity.of(host.pid());
      if (init.isEmpty()) {
        continue;
      }
      boolean root = host.name().equals(lab.root().name());
      HostDescription description = host.description();
      hosts.add(
          new RunningHost(
              host.name(),
              init.get(),
              host.networkNamespace().or(host::wrapping).orElseThrow(),
              userNamespace,
              description.interfaces().stream()
                  // The root's addresses lie on the bridges themselves.
                  .map(root ? InterfaceDescription::network : InterfaceDescription::nameInHost)
                  .distinct()
                  .toList(),
              lab.description().addresses(description).stream().map(IpAddresses::text).toList(),
              host.isFrozen(),
              host.links().stream().filter(Link::isCut).map(Link::name).toList(),
              conditions(lab, host),
              services(lab, host),
              host.cgroups(),
              isolation(host)));
    }
    return hosts;
  }

  private static RunningIsolation isolation(Host host) {
    HostIsolation isolation = host.description().isolation();
    return new RunningIsolation(
        isolation.user(), host.hasOwnRoot(), isolation.cgroup(), host.wrapping());
  }

  private static Map<String, String> services(Lab lab, Host host) {
    Map<String, String> states = new TreeMap<>();
    for (Service service : lab.services()) {
      if (service.name().host().equals(host.name())) {
        states.put(service.name().service(), service.state().toString());
      }
    }
    return states;
  }

  private static Map<String, RunningConditions> conditions(Lab lab, Host host) throws IOException {
    Map<String, RunningConditions> conditions = new TreeMap<>();
    for (Link link : host.links()) {
      LinkReport report = lab.conditions(host.name(), link.number());
      if (report.means() != Means.PLAIN) {
        conditions.put(
            link.name(),
            new RunningConditions(report.conditions().describe(), report.means().text()));
      }
    }
    return conditions;
  }
}
