package dev.warren.lab.description;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what of a lab cwrap cannot do, and namespaces can. One use each. */
public final class CwrapCheck {
  /** The networks that socket_wrapper knows besides the loopback's (socket_wrapper.c). */
  private static final Subnet IPV4 = Subnet.parse("10.53.57.0/24");

  private static final Subnet IPV6 = Subnet.parse("fd00::5357:5f00/112");

  /** socket_wrapper(1), SOCKET_WRAPPER_DEFAULT_IFACE: 0 and 65 abort. */
  private static final int LAST_NUMBER = 64;

  private final List<Fault> faults = new ArrayList<>();

  private CwrapCheck() {}

  /** All that needs namespaces; none when the lab can run under cwrap. */
  public static List<Fault> faults(LabDescription lab) {
    return faults(lab.networks(), lab.root(), lab.hosts());
  }

  static List<Fault> faults(
      List<NetworkDescription> networks, HostDescription root, List<HostDescription> hosts) {
    CwrapCheck check = new CwrapCheck();
    for (int i = 0; i < networks.size(); i++) {
      check.network(new Subject.Network(i), networks.get(i));
    }
    check.host(Subject.ROOT, root);
    for (int i = 0; i < hosts.size(); i++) {
      check.host(i, hosts.get(i));
    }
    return List.copyOf(check.faults);
  }

  private void network(Subject subject, NetworkDescription network) {
    String name = "network " + network.name();
    network.ipv4().filter(subnet -> !subnet.equals(IPV4)).ifPresent(subnet -> other(subject, name));
    network.ipv6().filter(subnet -> !subnet.equals(IPV6)).ifPresent(subnet -> other(subject, name));
    NetworkSettings settings = network.settings();
    need(settings.cable(), subject, name + ": a cable");
    need(settings.gateway().isPresent(), subject, name + ": a gateway");
    need(settings.mtu().isPresent(), subject, name + ": an MTU");
    need(!settings.conditions().isPerfect(), subject, name + ": link conditions");
  }

  private void other(Subject subject, String name) {
    add(subject, "%s: a network other than %s and %s needs namespaces".formatted(name, IPV4, IPV6));
  }

  private void host(int index, HostDescription host) {
    Subject subject = new Subject.Host(index);
    String name = "host " + host.name();
    for (int i = 0; i < host.interfaces().size(); i++) {
      link(new Subject.Interface(index, i), name, host.interfaces().get(i));
    }
    need(host.interfaces().isEmpty(), subject, name + ": a host without a network");
    routing(subject, name, host.routing());
    files(subject, name, host.fileSystem());
    HostNames naming = host.naming();
    need(naming.servesDns(), subject, name + ": a DNS service");
    need(!(naming.resolver() instanceof Resolver.Lab), subject, name + ": a resolver of its own");
    need(!host.accounts().nsswitch().isEmpty(), subject, name + ": an nsswitch.conf of its own");
    host.accounts().users().stream()
        .filter(user -> user.password().isPresent())
        .forEach(user -> add(subject, needs(name + ": the password of user " + user.name())));
    need(!host.limits().equals(HostLimits.NONE), subject, name + ": a limit");
    need(
        !host.isolation().equals(HostIsolation.NONE),
        subject,
        name + ": a user or cgroup namespace of its own");
  }

  private void link(Subject subject, String name, InterfaceDescription link) {
    if (!link.isAutomatic() && link.position() > LAST_NUMBER) {
      add(
          subject,
          "%s: interface %d needs namespaces: cwrap has numbers from 1 to %d"
              .formatted(name, link.position(), LAST_NUMBER));
    }
    InterfaceSettings settings = link.settings();
    need(settings.name().isPresent(), subject, name + ": the name of an interface");
    need(settings.mac().isPresent(), subject, name + ": a hardware address");
    need(settings.mtu().isPresent(), subject, name + ": an MTU");
    need(!settings.addresses().isEmpty(), subject, name + ": further addresses");
    need(
        link.conditions().filter(one -> !one.isPerfect()).isPresent(),
        subject,
        name + ": link conditions");
  }

  private void routing(Subject subject, String name, HostRouting routing) {
    need(routing.forwards(), subject, name + ": a router");
    need(!routing.routes().isEmpty(), subject, name + ": a route");
    need(
        !routing.masquerades().isEmpty() || !routing.portForwards().isEmpty(),
        subject,
        name + ": address translation");
    need(!routing.firewall().equals(Firewall.OPEN), subject, name + ": a firewall");
  }

  private void files(Subject subject, String name, HostFiles files) {
    need(files.rootFolder().isPresent(), subject, name + ": a file system of its own");
    for (PrivateDirectory one : files.privateDirectories()) {
      add(subject, needs("%s: the private directory %s".formatted(name, one.path())));
    }
    for (BindDescription one : files.binds()) {
      add(subject, needs("%s: the bind at %s".formatted(name, one.path())));
    }
    for (FileDescription one : files.files()) {
      add(subject, needs("%s: the file %s".formatted(name, one.path())));
    }
    need(
        !files.packages().isEmpty(),
        subject,
        "%s: showing it the packages %s".formatted(name, String.join(", ", files.packages())));
  }

  private void need(boolean wanted, Subject subject, String part) {
    if (wanted) {
      add(subject, needs(part));
    }
  }

  private static String needs(String part) {
    return part + " needs namespaces";
  }

  /** A part that is there twice is named once. */
  private void add(Subject subject, String message) {
    Fault fault = new Fault(subject, message);
    if (!faults.contains(fault)) {
      faults.add(fault);
    }
  }

  /** The number by which socket_wrapper knows a host of a lab that has no such faults. */
  public static Optional<Integer> number(HostDescription host) {
    return host.interfaces().stream().map(InterfaceDescription::position).findFirst();
  }
}
