package dev.warren.lab.description;

import java.util.List;
import java.util.Optional;

/** What is captured. */
public sealed interface CaptureTarget {
  /** All that goes over a network: what its bridge gets. */
  record Network(String name) implements CaptureTarget {}

  /**
   * What goes over a host's cable.
   *
   * @param place of the interface in the host's list, from 0
   */
  record Link(String host, int place) implements CaptureTarget {
    /** Whether it is a link of this host. */
    public boolean isOf(String name) {
      return host.equalsIgnoreCase(name);
    }
  }

  /**
   * Finds what somebody means by {@code lan}, a network; {@code a}, a host with one interface; or
   * {@code a:veth30}, one interface of several. A name of both a network and a host is the
   * network's.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  static CaptureTarget find(LabDescription lab, String words) {
    if (lab.network(words).isPresent()) {
      return new Network(words);
    }
    int colon = words.indexOf(':');
    String name = colon < 0 ? words : words.substring(0, colon);
    Optional<HostDescription> host = lab.host(name);
    Checks.check(host.isPresent(), "lab %s has no host or network %s", lab.name(), name);
    Checks.check(
        !name.equalsIgnoreCase(lab.root().name()),
        "the root %s has no cable: capture one of the networks %s",
        name,
        lab.networks().stream().map(NetworkDescription::name).toList());
    List<String> interfaces =
        host.orElseThrow().interfaces().stream().map(InterfaceDescription::nameInHost).toList();
    if (colon < 0) {
      Checks.check(!interfaces.isEmpty(), "host %s has no interface", name);
      Checks.check(
          interfaces.size() == 1,
          "host %s has several interfaces: say %s:%s, or another of %s",
          name,
          name,
          interfaces.isEmpty() ? "" : interfaces.getFirst(),
          interfaces);
      return new Link(host.orElseThrow().name(), 0);
    }
    int place = interfaces.indexOf(words.substring(colon + 1));
    Checks.check(
        place >= 0,
        "host %s has no interface %s, only %s",
        name,
        words.substring(colon + 1),
        interfaces);
    return new Link(host.orElseThrow().name(), place);
  }
}
