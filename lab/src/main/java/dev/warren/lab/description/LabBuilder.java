package dev.warren.lab.description;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts a {@link LabDescription} together, and fills in what was left open:
 *
 * <ul>
 *   <li>a lab without networks gets {@link NetworkDescription#SELFTEST0};
 *   <li>a root that was not given is called {@code root};
 *   <li>a root without interfaces gets one on each network, as {@link Numbering} says;
 *   <li>automatic interfaces get the lowest free numbers, in the order of the hosts.
 * </ul>
 *
 * <p>For one thread.
 */
public final class LabBuilder {

  private final String name;
  private final List<NetworkDescription> networks = new ArrayList<>();
  private HostDescription root = HostDescription.named("root").build();
  private final List<HostDescription> hosts = new ArrayList<>();
  private LabOptions options = LabOptions.DEFAULT;
  private Optional<LabDescription> running = Optional.empty();

  LabBuilder(String name) {
    this.name = Checks.labName(name);
  }

  /** Adds a network. */
  public LabBuilder network(NetworkDescription network) {
    networks.add(network);
    return this;
  }

  /** Adds a network with IPv4 addresses. */
  public LabBuilder network(String network, String ipv4) {
    return network(
        new NetworkDescription(network, Optional.of(Subnet.parse(ipv4)), Optional.empty()));
  }

  /** Adds a network with addresses of both kinds. */
  public LabBuilder network(String network, String ipv4, String ipv6) {
    return network(
        new NetworkDescription(
            network, Optional.of(Subnet.parse(ipv4)), Optional.of(Subnet.parse(ipv6))));
  }

  /** Sets the root. */
  public LabBuilder root(HostDescription value) {
    root = value;
    return this;
  }

  /** Adds a host. */
  public LabBuilder host(HostDescription host) {
    hosts.add(host);
    return this;
  }

  /** Adds a host. */
  public LabBuilder host(HostBuilder host) {
    return host(host.build());
  }

  /** Sets what all chance in the lab comes from. */
  public LabBuilder seed(long value) {
    options = options.withSeed(value);
    return this;
  }

  /** Sets what is to make its hosts private; default: namespaces where they work, else cwrap. */
  public LabBuilder isolation(Isolation value) {
    options = options.isolatedBy(value);
    return this;
  }

  /** Adds a capture from start to end. */
  public LabBuilder capture(CaptureDescription value) {
    options = options.with(value);
    return this;
  }

  /** Sets what the lab has besides networks and hosts. */
  public LabBuilder options(LabOptions value) {
    options = value;
    return this;
  }

  /**
   * Lets interfaces without a number keep the one that they have in a lab that runs, where it is
   * free; the root's addresses too.
   */
  public LabBuilder keepNumbersOf(LabDescription lab) {
    running = Optional.of(lab);
    return this;
  }

  /**
   * The description, everything filled in.
   *
   * @throws InvalidLabException with all faults
   */
  public LabDescription build() {
    List<NetworkDescription> all =
        networks.isEmpty() ? List.of(NetworkDescription.SELFTEST0) : networks;
    HostDescription keptRoot = root;
    List<HostDescription> kept = hosts;
    if (running.isPresent()) {
      KeptNumbers numbers = new KeptNumbers(running.get(), hosts);
      kept = hosts.stream().map(numbers::host).toList();
      keptRoot = numbers.root(root, all);
    }
    Numbering numbering = new Numbering(all, keptRoot, kept);
    HostDescription numberedRoot = numbering.root();
    return new LabDescription(
        name, all, numberedRoot, kept.stream().map(numbering::numbered).toList(), options);
  }
}
