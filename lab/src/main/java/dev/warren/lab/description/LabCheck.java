package dev.warren.lab.description;

import dev.warren.lab.source.Spelling;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks how the parts of a lab fit together. One use each. */
final class LabCheck {

  private final Map<String, NetworkDescription> networks = new HashMap<>();
  private final Map<String, String> hostOfName = new HashMap<>();
  private final Map<Integer, String> hostOfNumber = new HashMap<>();
  private final Map<InetAddress, String> hostOfAddress = new HashMap<>();
  private final List<Fault> faults = new ArrayList<>();

  private LabCheck() {}

  /** Everything that does not fit; hosts are checked in order, the root first. */
  static List<Fault> faults(
      List<NetworkDescription> networks, HostDescription root, List<HostDescription> hosts) {
    LabCheck check = new LabCheck();
    check.networks(networks);
    check.host(Subject.ROOT, root);
    for (int i = 0; i < hosts.size(); i++) {
      check.host(i, hosts.get(i));
    }
    check.faults.addAll(ServiceCheck.faults(root, hosts));
    return check.faults;
  }

  private void networks(List<NetworkDescription> all) {
    for (int i = 0; i < all.size(); i++) {
      NetworkDescription network = all.get(i);
      Subject subject = new Subject.Network(i);
      for (NetworkDescription other : all.subList(0, i)) {
        for (Subnet subnet : network.subnets()) {
          other.subnets().stream()
              .filter(subnet::overlaps)
              .forEach(o -> add(subject, "%s overlaps %s of network %s", subnet, o, other.name()));
        }
      }
      if (networks.putIfAbsent(network.name(), network) != null) {
        add(subject, "two networks are called %s", network.name());
      }
    }
  }

  private void host(int index, HostDescription host) {
    Subject subject = new Subject.Host(index);
    names(subject, host);
    privateDirectories(subject, host);
    accounts(subject, host);
    for (int i = 0; i < host.interfaces().size(); i++) {
      link(new Subject.Interface(index, i), host, host.interfaces().get(i));
    }
  }

  private void names(Subject subject, HostDescription host) {
    Set<String> own = new HashSet<>();
    for (String name : host.names()) {
      if (own.add(Checks.folded(name))) {
        String other = hostOfName.putIfAbsent(Checks.folded(name), host.name());
        if (other != null) {
          add(subject, "the name %s belongs to host %s already", name, other);
        }
      }
    }
  }

  private void privateDirectories(Subject subject, HostDescription host) {
    Set<Path> seen = new HashSet<>();
    host.fileSystem().privateDirectories().stream()
        .map(PrivateDirectory::path)
        .filter(path -> !seen.add(path))
        .forEach(path -> add(subject, "%s is private twice on host %s", path, host.name()));
    host.fileSystem().binds().stream()
        .map(BindDescription::path)
        .filter(path -> !seen.add(path))
        .forEach(path -> add(subject, "%s is there twice on host %s", path, host.name()));
  }

  private void accounts(Subject subject, HostDescription host) {
    Set<String> users = new HashSet<>();
    host.accounts().users().stream()
        .filter(user -> !users.add(user.name()))
        .forEach(user -> add(subject, "host %s has two users %s", host.name(), user.name()));
    Set<String> groups = new HashSet<>();
    host.accounts().groups().stream()
        .filter(group -> !groups.add(group.name()))
        .forEach(group -> add(subject, "host %s has two groups %s", host.name(), group.name()));
  }

  private void link(Subject.Interface subject, HostDescription host, InterfaceDescription link) {
    if (subject.host() == Subject.ROOT && link.conditions().isPresent()) {
      add(
          subject,
          "the root has no cable that could have conditions: set them at network %s, or at the"
              + " interfaces of hosts",
          link.network());
    }
    Optional<NetworkDescription> network = Optional.ofNullable(networks.get(link.network()));
    if (network.isEmpty()) {
      String hint = Spelling.hint(link.network(), networks.keySet());
      add(subject, "there is no network \"%s\"%s", link.network(), hint);
    } else if (link.isAutomatic()) {
      add(
          subject,
          "no number is left for host %s on network %s: 1 to %d",
          host.name(),
          link.network(),
          network.get().lastNumber());
    } else {
      number(subject, host, link, network.get());
    }
  }

  private void number(
      Subject.Interface subject,
      HostDescription host,
      InterfaceDescription link,
      NetworkDescription network) {
    // Only a host's number names a cable: the root may have the same one on each network.
    if (subject.host() != Subject.ROOT) {
      String other = hostOfNumber.putIfAbsent(link.number(), host.name());
      if (other != null) {
        add(subject, "interface number %d belongs to host %s already", link.number(), other);
        return;
      }
    }
    for (Subnet subnet : network.subnets()) {
      if (!subnet.fits(link.position())) {
        add(
            subject,
            "interface %s %d does not fit into %s of network %s: 1 to %d",
            link.settings().position().isPresent() ? "position" : "number",
            link.position(),
            subnet,
            network.name(),
            subnet.lastNumber());
        return;
      }
    }
    for (InterfaceAddress one : network.addresses(link)) {
      String other = hostOfAddress.putIfAbsent(one.address(), host.name());
      if (other != null) {
        String address = IpAddresses.text(one.address());
        add(subject, "the address %s belongs to %s already", address, other);
        return;
      }
    }
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency
  private void add(Subject subject, String message, Object... values) {
    faults.add(new Fault(subject, message.formatted(values)));
  }
}
