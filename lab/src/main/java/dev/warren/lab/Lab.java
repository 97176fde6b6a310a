package dev.warren.lab;

import dev.warren.lab.capture.Capture;
import dev.warren.lab.capture.CaptureFile;
import dev.warren.lab.capture.CaptureNames;
import dev.warren.lab.capture.CaptureSource;
import dev.warren.lab.description.CaptureDescription;
import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.description.ServiceName;
import dev.warren.lab.dns.DnsRecords;
import dev.warren.lab.dns.DnsService;
import dev.warren.lab.host.Machine;
import dev.warren.lab.plan.ConditionOperation;
import dev.warren.lab.plan.Executor;
import dev.warren.lab.plan.Operation;
import dev.warren.lab.plan.Planner;
import dev.warren.lab.service.Service;
import dev.warren.lab.software.PackageLayer;
import dev.warren.lab.wire.LinkReport;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.security.Security;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ThreadLocalRandom;

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
  private final long seed;
  private final Map<String, Host> hosts;

  private Lab(LabDescription description, DnsService dns, Executor executor, long seed) {
    this.description = description;
    this.dns = dns;
    this.executor = executor;
    this.seed = seed;
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
   * <p>When it returns all services are ready.
   *
   * @throws IOException when a step fails, or a service does not become ready; nothing is left of
   *     what was made before
   */
  public static Lab start(LabDescription description, LabSettings settings) throws IOException {
    fetchPackages(description, settings);
    forgetNames();
    DnsService dns = DnsService.start(DnsRecords.of(description));
    long seed = description.options().seed().orElseGet(Lab::newSeed);
    boolean started = false;
    try {
      Lab lab =
          new Lab(
              description,
              dns,
              Executor.start(
                  plan(description, settings),
                  settings.kernel(),
                  dns,
                  settings.packages(),
                  settings.serviceListener(),
                  seed),
              seed);
      started = true;
      return lab;
    } finally {
      if (!started) {
        dns.close();
      }
    }
  }

  /** Short enough to be copied by hand into a lab file. */
  private static long newSeed() {
    return ThreadLocalRandom.current().nextInt(1, 1_000_000);
  }

  /**
   * Java keeps the answers of name look-ups for the whole JVM; each host has names of its own. The
   * JVM reads this at its first look-up: the agent and the launcher set it before any. A value that
   * somebody chose stays.
   */
  private static void forgetNames() {
    for (String cache : List.of("networkaddress.cache.ttl", "networkaddress.cache.negative.ttl")) {
      if (Security.getProperty(cache) == null || cache.endsWith("negative.ttl")) {
        Security.setProperty(cache, "0");
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

  /** What all chance in it comes from: another lab with this seed loses the same packets. */
  public long seed() {
    return seed;
  }

  /**
   * Makes conditions hold on the cable of a host's interface, in place of those that did.
   *
   * @param host the host's name
   * @param number of its interface
   * @throws IOException when it cannot be done; what held before still does
   * @throws NoSuchElementException when the host has no such cable
   */
  public void setConditions(String host, int number, LinkConditions conditions) throws IOException {
    requireCable(host, number);
    executor.carryOut(
        List.of(
            new ConditionOperation.SetConditions(
                host, description.root().name(), number, conditions)));
  }

  /**
   * What holds on the cable of a host's interface, and by what means.
   *
   * @throws NoSuchElementException when the host has no such cable
   */
  public LinkReport conditions(String host, int number) throws IOException {
    requireCable(host, number);
    return executor.conditions(number);
  }

  private void requireCable(String host, int number) {
    HostDescription known = host(host).description();
    boolean isRoot = known.name().equals(description.root().name());
    if (isRoot || known.interfaces().stream().noneMatch(link -> link.number() == number)) {
      throw new NoSuchElementException(
          isRoot
              ? "host " + host + " is the root, which has no cables"
              : "host " + host + " has no interface " + number);
    }
  }

  /**
   * A service of a host.
   *
   * @throws NoSuchElementException when there is none
   */
  public Service service(String host, String name) {
    ServiceName wanted = new ServiceName(host, name);
    return executor
        .services()
        .find(wanted)
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "lab %s has no service %s, only %s"
                        .formatted(
                            description.name(),
                            wanted,
                            services().stream().map(Service::name).toList())));
  }

  /** All services; one comes after those that it needs. */
  public List<Service> services() {
    return executor.services().all();
  }

  /** The service that answers for the names of this lab. */
  public DnsService dns() {
    return dns;
  }

  /**
   * Captures what goes over a network or a link into a pcapng file, until the capture or the lab is
   * closed.
   *
   * @throws IOException when the file cannot be written
   * @throws IllegalArgumentException when the lab has no such network or link
   */
  public Capture capture(CaptureDescription capture) throws IOException {
    CaptureSource source = CaptureNames.source(description, capture.target());
    return capture(source, CaptureFile.open(capture.file()), capture.snapLength());
  }

  /**
   * Captures what goes over a network or a link, as pcapng, until the capture or the lab is closed
   * or nobody reads any more.
   *
   * @param out where it goes; closed with the capture, and when it cannot begin
   * @param snapLength how many bytes of each frame are kept, 1 to {@link
   *     CaptureDescription#WHOLE_FRAMES}
   * @throws IllegalArgumentException when the lab has no such network or link
   */
  public Capture capture(CaptureTarget target, WritableByteChannel out, int snapLength)
      throws IOException {
    return capture(CaptureNames.source(description, target), out, snapLength);
  }

  private Capture capture(CaptureSource source, WritableByteChannel out, int snapLength)
      throws IOException {
    return executor.capture(
        description.root().name(), source, out, snapLength, CaptureNames.of(description));
  }

  /**
   * Ends everything in the lab and returns when it has ended; a second time does nothing. Services
   * are stopped first, as their descriptions say, those before that need others.
   */
  @Override
  public void close() {
    // They may ask for names while they end.
    executor.services().close();
    hosts.values().forEach(Host::close);
    dns.close();
    executor.close();
  }
}
