package dev.warren.lab.description;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A host.
 *
 * @param name its host name, one label
 * @param naming what else it is called, and whom it asks for names
 * @param interfaces its cables
 * @param fileSystem what it has on its file system that the machine has not
 * @param accounts who is on it
 * @param isolation what of the kernel it has for itself
 * @param limits how much of the machine it may use
 * @param routing where it sends packets, and which it lets through
 * @param services what it keeps running, in the order of the description
 */
public record HostDescription(
    String name,
    HostNames naming,
    List<InterfaceDescription> interfaces,
    HostFiles fileSystem,
    HostAccounts accounts,
    HostIsolation isolation,
    HostLimits limits,
    HostRouting routing,
    List<ServiceDescription> services) {

  /** Copies the lists and checks every value. */
  public HostDescription {
    interfaces = List.copyOf(interfaces);
    services = List.copyOf(services);
    Checks.hostName(name);
    for (String domain : naming.domain().stream().toList()) {
      Checks.fullName(name + "." + domain);
    }
  }

  /** Starts a description with nothing but a name. */
  public static HostBuilder named(String name) {
    return new HostBuilder(name);
  }

  /** The full name: {@code name.domain}, or the name alone where there is no domain. */
  public String fqdn() {
    return naming.domain().map(d -> name + "." + d).orElse(name);
  }

  /** Every name: the full one first, then the short one, then the aliases; none twice. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    names.add(fqdn());
    names.add(name);
    names.addAll(naming.aliases());
    return names;
  }

  /** The same host with other names, or another way to find those of others. */
  public HostDescription withNaming(HostNames other) {
    return new HostDescription(
        name, other, interfaces, fileSystem, accounts, isolation, limits, routing, services);
  }

  /** The same host with other interfaces. */
  public HostDescription withInterfaces(List<InterfaceDescription> others) {
    return new HostDescription(
        name, naming, others, fileSystem, accounts, isolation, limits, routing, services);
  }
}
