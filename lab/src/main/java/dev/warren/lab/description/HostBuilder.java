package dev.warren.lab.description;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a {@link HostDescription} together. Each method checks its value and throws
 * IllegalArgumentException with a message for the user. For one thread.
 */
public final class HostBuilder {

  private final String name;
  private Optional<String> domain = Optional.empty();
  private final List<String> aliases = new ArrayList<>();
  private final List<InterfaceDescription> interfaces = new ArrayList<>();
  private Resolver resolver = Resolver.lab();
  private final List<String> search = new ArrayList<>();
  private Optional<Path> rootFolder = Optional.empty();
  private final List<PrivateDirectory> privateDirectories = new ArrayList<>();
  private final List<BindDescription> binds = new ArrayList<>();
  private final List<UserDescription> users = new ArrayList<>();
  private final List<GroupDescription> groups = new ArrayList<>();
  private final Map<String, String> nsswitch = new LinkedHashMap<>();
  private final List<FileDescription> files = new ArrayList<>();
  private final List<String> packages = new ArrayList<>();
  private boolean servesDns;
  private HostIsolation isolation = HostIsolation.NONE;
  private HostLimits limits = HostLimits.NONE;
  private HostRouting routing = HostRouting.NONE;
  private final List<ServiceDescription> services = new ArrayList<>();

  HostBuilder(String name) {
    this.name = Checks.hostName(name);
  }

  /**
   * Takes everything from another host but its name: what single things this one has so far are
   * replaced, what lists it has go on. To be called first, as the kinds of a lab file are.
   *
   * @param other its interfaces' numbers, and its aliases, are unique in a lab like any others
   */
  public HostBuilder like(HostDescription other) {
    other.naming().domain().ifPresent(this::domain);
    other.naming().aliases().forEach(this::alias);
    other.naming().search().forEach(this::search);
    resolver = other.naming().resolver();
    servesDns = other.naming().servesDns();
    interfaces.addAll(other.interfaces());
    rootFolder = other.fileSystem().rootFolder();
    privateDirectories.addAll(other.fileSystem().privateDirectories());
    binds.addAll(other.fileSystem().binds());
    files.addAll(other.fileSystem().files());
    packages.addAll(other.fileSystem().packages());
    users.addAll(other.accounts().users());
    groups.addAll(other.accounts().groups());
    nsswitch.putAll(other.accounts().nsswitch());
    isolation = other.isolation();
    limits = other.limits();
    routing = other.routing();
    services.addAll(other.services());
    return this;
  }

  /** What makes its full name; default: none. */
  public HostBuilder domain(String value) {
    Checks.domainName(value);
    Checks.fullName(name + "." + value);
    domain = Optional.of(value);
    return this;
  }

  /** Adds a further name, one label or with a domain. */
  public HostBuilder alias(String value) {
    aliases.add(Checks.alias(value));
    return this;
  }

  /** Adds an interface with this number. */
  public HostBuilder on(String network, int number) {
    return on(new InterfaceDescription(network, number));
  }

  /** Adds an interface with the next free number. */
  public HostBuilder on(String network) {
    return on(InterfaceDescription.automatic(network));
  }

  /** Adds an interface. */
  public HostBuilder on(InterfaceDescription value) {
    interfaces.add(value);
    return this;
  }

  /** Whom it asks for names; default: the lab's DNS service. */
  public HostBuilder resolver(Resolver value) {
    resolver = value;
    return this;
  }

  /** Adds a domain that is tried for short names. */
  public HostBuilder search(String value) {
    search.add(Checks.domainName(value));
    return this;
  }

  /** Adds a directory that starts empty and is seen by this host alone. */
  public HostBuilder privateDirectory(Path value) {
    return privateDirectory(PrivateDirectory.at(value));
  }

  /** Adds a directory that is seen by this host alone. */
  public HostBuilder privateDirectory(PrivateDirectory value) {
    privateDirectories.add(value);
    return this;
  }

  /** Adds a file or folder of the machine that the host sees at another place. */
  public HostBuilder bind(BindDescription value) {
    binds.add(value);
    return this;
  }

  /** Sets the folder of the machine that holds the host's own file system. */
  public HostBuilder rootFolder(Path value) {
    rootFolder = Optional.of(Checks.path(value));
    return this;
  }

  /** Adds a user. */
  public HostBuilder user(UserDescription value) {
    users.add(value);
    return this;
  }

  /** Adds a group. */
  public HostBuilder group(GroupDescription value) {
    groups.add(value);
    return this;
  }

  /** Sets a line of nsswitch.conf(5): {@code passwd}, {@code files winbind}. */
  public HostBuilder nsswitch(String database, String sources) {
    nsswitch.put(Checks.nsswitchDatabase(database), Checks.nsswitchSources(sources));
    return this;
  }

  /** Adds a file. */
  public HostBuilder file(FileDescription value) {
    files.add(value);
    return this;
  }

  /** Adds a Debian package, whose programs the host has then, with all that it depends on. */
  public HostBuilder packages(String... names) {
    for (String one : names) {
      packages.add(Checks.packageName(one));
    }
    return this;
  }

  /** Whether the lab's DNS service listens on the host's addresses, port 53; default: no. */
  public HostBuilder servesDns(boolean value) {
    servesDns = value;
    return this;
  }

  /** What of the kernel it has for itself; default: what every host has. */
  public HostBuilder isolation(HostIsolation value) {
    isolation = value;
    return this;
  }

  /** How much of the machine it may use; default: all. */
  public HostBuilder limits(HostLimits value) {
    limits = value;
    return this;
  }

  /** Where it sends packets, and which it lets through; default: only to its own networks. */
  public HostBuilder routing(HostRouting value) {
    routing = value;
    return this;
  }

  /**
   * Adds a route.
   *
   * @param to {@code default}, {@code 10.9.0.0/16}, an address, or a network's name
   * @param via a host's name or an address
   */
  public HostBuilder route(String to, String via) {
    return routing(routing.route(to, via));
  }

  /** Whether it passes packets on from one of its networks to another; default: no. */
  public HostBuilder forwarding(boolean value) {
    return routing(routing.forwarding(value));
  }

  /**
   * Makes it a router of a known kind. Its routes and forwarded ports so far stay.
   *
   * @param inside the network of those who are served
   * @param outside the network that leads on
   */
  public HostBuilder router(RouterPreset preset, String inside, String outside) {
    HostRouting plain = preset.expand(List.of(inside), outside);
    return routing(
        new HostRouting(
            routing.routes(),
            plain.forwards(),
            plain.masquerades(),
            routing.portForwards(),
            plain.firewall()));
  }

  /** Adds something that it keeps running. */
  public HostBuilder service(ServiceDescription value) {
    services.add(value);
    return this;
  }

  /** The description so far. */
  public HostDescription build() {
    return new HostDescription(
        name,
        new HostNames(domain, aliases, resolver, search, servesDns),
        interfaces,
        new HostFiles(rootFolder, privateDirectories, binds, files, packages),
        new HostAccounts(users, groups, nsswitch),
        isolation,
        limits,
        routing,
        services);
  }
}
