package dev.warren.lab.description;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A host.
 *
 * @param name its host name, one label
 * @param domain what makes its full name: {@code name.domain}
 * @param aliases further names in DNS and /etc/hosts, as they are, no domain added
 * @param interfaces its cables
 * @param resolver whom it asks for names
 * @param search the domains that are tried for short names
 * @param privateDirectories directories that start empty and are seen by this host alone
 * @param users users besides the machine's
 * @param groups groups besides the machine's
 * @param nsswitch lines of nsswitch.conf(5) that differ: database to sources
 * @param files what is written into it
 * @param servesDns whether the lab's DNS service listens on this host's addresses, port 53
 */
public record HostDescription(
    String name,
    Optional<String> domain,
    List<String> aliases,
    List<InterfaceDescription> interfaces,
    Resolver resolver,
    List<String> search,
    List<Path> privateDirectories,
    List<UserDescription> users,
    List<GroupDescription> groups,
    Map<String, String> nsswitch,
    List<FileDescription> files,
    boolean servesDns) {

  /** Copies the lists and checks every value. */
  public HostDescription {
    aliases = List.copyOf(aliases);
    interfaces = List.copyOf(interfaces);
    search = List.copyOf(search);
    privateDirectories = List.copyOf(privateDirectories);
    users = List.copyOf(users);
    groups = List.copyOf(groups);
    nsswitch = Collections.unmodifiableMap(new LinkedHashMap<>(nsswitch));
    files = List.copyOf(files);
    Checks.hostName(name);
    domain.ifPresent(d -> Checks.domainName(name + "." + d));
    aliases.forEach(Checks::alias);
    search.forEach(Checks::domainName);
    privateDirectories.forEach(Checks::privateDirectory);
    nsswitch.keySet().forEach(Checks::nsswitchDatabase);
    nsswitch.values().forEach(Checks::nsswitchSources);
  }

  /** Starts a description with nothing but a name. */
  public static HostBuilder named(String name) {
    return new HostBuilder(name);
  }

  /** The full name: {@code name.domain}, or the name alone where there is no domain. */
  public String fqdn() {
    return domain.map(d -> name + "." + d).orElse(name);
  }

  /** Every name: the full one first, then the short one, then the aliases; none twice. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    names.add(fqdn());
    names.add(name);
    names.addAll(aliases);
    return names;
  }

  /** The same host with other interfaces. */
  public HostDescription withInterfaces(List<InterfaceDescription> others) {
    return new HostDescription(
        name,
        domain,
        aliases,
        others,
        resolver,
        search,
        privateDirectories,
        users,
        groups,
        nsswitch,
        files,
        servesDns);
  }
}
