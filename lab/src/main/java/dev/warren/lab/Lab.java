package dev.warren.lab;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.dns.DnsRecords;
import dev.warren.lab.dns.DnsService;
import dev.warren.lab.host.Machine;
import dev.warren.lab.plan.Executor;
import dev.warren.lab.plan.Operation;
import dev.warren.lab.plan.Planner;
import dev.warren.lab.software.PackageLayer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * An isolated network with all its hosts, running. Two labs never see each other, and may use the
 * same addresses. When it is closed, or this JVM ends in any way, everything in it is gone.
 *
 * <p>The JVM needs the power to make namespaces: root's, or that of a user namespace, as the {@code
 * warren} launcher and the agent {@code warren-agent.jar} give it.
 */
public final class Lab implements AutoCloseable {
  private final LabDescription description;
  private final DnsService dns;
  private final Executor executor;
  private final Map<String, Host> hosts;

  private Lab(LabDescription description, DnsService dns, Executor executor) {
    this.description = description;
    this.dns = dns;
    this.executor = executor;
    Map<String, Machine> machines = executor.machines();
    Map<String, Host> byName = new LinkedHashMap<>();
    description.everyone().forEach(host -> byName.put(host.name(), host(host, machines)));
    this.hosts = byName;
  }

  private static Host host(HostDescription host, Map<String, Machine> machines) {
    Machine machine = machines.get(host.name());
    if (machine == null) {
      throw new IllegalStateException("the plan left host " + host.name() + " out");
    }
    return new Host(host, machine);
  }

  /**
   * Makes a lab. Packages of its hosts are fetched first, which may take minutes.
   *
   * @throws IOException when a step fails; nothing is left of those before it
   */
  public static Lab start(LabDescription description, LabSettings settings) throws IOException {
    fetchPackages(description, settings);
    DnsService dns = DnsService.start(DnsRecords.of(description));
    boolean started = false;
    try {
      Lab lab =
          new Lab(
              description,
              dns,
              Executor.start(
                  plan(description, settings), settings.kernel(), dns, settings.packages()));
      started = true;
      return lab;
    } finally {
      if (!started) {
        dns.close();
      }
    }
  }

  /** Before anything is made: what cannot be had ends it here. */
  private static void fetchPackages(LabDescription description, LabSettings settings)
      throws IOException {
    for (HostDescription host : description.everyone().toList()) {
      var _ = PackageLayer.of(host.fileSystem().packages(), settings.packages());
    }
  }

  /** The steps that {@link #start} would take. */
  public static List<Operation> plan(LabDescription description, LabSettings settings) {
    return Planner.plan(description, settings.site());
  }

  /** What it was made from. */
  public LabDescription description() {
    return description;
  }

  /** The host that has the bridges: from here all networks are reached directly. */
  public Host root() {
    return host(description.root().name());
  }

  /**
   * A host by name, the root included.
   *
   * @throws NoSuchElementException when there is none
   */
  public Host host(String name) {
    Host host = hosts.get(name);
    if (host == null) {
      throw new NoSuchElementException(
          "lab " + description.name() + " has no host " + name + ", only " + hosts.keySet());
    }
    return host;
  }

  /** All hosts but the root, in the description's order. */
  public List<Host> hosts() {
    return hosts.values().stream().skip(1).toList();
  }

  /** The service that answers for the names of this lab. */
  public DnsService dns() {
    return dns;
  }

  /** Ends everything in the lab and returns when it has ended; a second time does nothing. */
  @Override
  public void close() {
    dns.close();
    executor.close();
  }
}
