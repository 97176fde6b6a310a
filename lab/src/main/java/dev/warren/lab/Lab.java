package dev.warren.lab;

import dev.warren.lab.capture.Capture;
import dev.warren.lab.capture.CaptureFile;
import dev.warren.lab.capture.CaptureNames;
import dev.warren.lab.description.CaptureDescription;
import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.Isolation;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.description.NetworkDescription;
import dev.warren.lab.description.ServiceName;
import dev.warren.lab.dns.DnsService;
import dev.warren.lab.event.Events;
import dev.warren.lab.plan.Operation;
import dev.warren.lab.plan.Planner;
import dev.warren.lab.service.Service;
import dev.warren.lab.wire.LinkReport;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An isolated network with all its hosts, running. Two labs never see each other, and may use the
 * same addresses. When it is closed, or this JVM ends in any way, everything in it is gone.
 *
 * <p>The JVM needs the power to make namespaces: root's, or that of a user namespace, as the {@code
 * warren} launcher and the agent {@code warren-agent.jar} give it.
 */
public final class Lab implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lab.class);

  private final Backing backing;

  private Lab(Backing backing) {
    this.backing = backing;
  }

  /**
   * Makes a lab. Packages of its hosts are fetched first, which may take minutes.
   *
   * <p>When it returns all services are ready.
   *
   * @throws IOException when a step fails, a service does not become ready, or what is to make the
   *     hosts private is refused here; nothing is left of what was made before
   */
  public static Lab start(LabDescription description, LabSettings settings) throws IOException {
    IsolationChoice choice =
        IsolationChoice.of(description.options().isolation(), settings.isolation());
    if (choice.isolation() == Isolation.NAMESPACES) {
      return new Lab(NamespaceLabs.start(description, settings));
    }
    choice.reason().ifPresent(reason -> LOG.warn("{}: hosts run under cwrap", reason));
    return new Lab(WrappedLab.start(description, settings));
  }

  /** The steps that {@link #start} would take. */
  public static List<Operation> plan(LabDescription description, LabSettings settings) {
    return Planner.plan(description, settings.site());
  }

  /** What makes its hosts private: never {@link Isolation#AUTO}. */
  public Isolation isolation() {
    return backing.isolation();
  }

  /** What it is now: what it was made from, and every change since. */
  public LabDescription description() {
    return backing.description();
  }

  /** The host that has the bridges: from here all networks are reached directly. */
  public Host root() {
    return host(description().root().name());
  }

  /**
   * A host by name, the root included.
   *
   * @throws NoSuchElementException when there is none
   */
  public Host host(String name) {
    Host host = backing.hosts().get(name);
    if (host == null) {
      throw new NoSuchElementException(
          "lab "
              + description().name()
              + " has no host "
              + name
              + ", only "
              + backing.hosts().keySet());
    }
    return host;
  }

  /** All hosts but the root, in the description's order. */
  public List<Host> hosts() {
    return backing.hosts().values().stream().skip(1).toList();
  }

  /** What happens in it, from now on. */
  public Events events() {
    return backing.events();
  }

  /**
   * The steps that {@link #apply} would take; none when the lab is so already.
   *
   * @throws IOException when a running lab cannot become that one
   */
  public List<Operation> difference(LabDescription wanted) throws IOException {
    return backing.difference(wanted);
  }

  /**
   * Makes the lab another one. Networks, links and names change under running processes, hosts that
   * differ in anything else are made anew, and hosts that are the same live on untouched. What was
   * done to links and networks meanwhile is undone: cut links are mended, parted networks healed,
   * conditions are those of the description. The name of the lab stays.
   *
   * @return the steps that were taken
   * @throws IOException when a step fails. Those before it were taken back; a host that was removed
   *     or was to be made anew may be gone, which the message says
   */
  public List<Operation> apply(LabDescription wanted) throws IOException {
    return backing.apply(wanted);
  }

  /**
   * Adds a host; interfaces without a number get the next free ones. As {@link #apply}, but what
   * was done to links and networks meanwhile stays.
   */
  public Host add(HostDescription host) throws IOException {
    backing.become(Edits.add(description(), host));
    return host(host.name());
  }

  /**
   * Removes a host with everything in it; captures of its links end.
   *
   * @throws NoSuchElementException when there is none
   */
  public void remove(Host host) throws IOException {
    backing.become(Edits.remove(description(), host(host.name()).description()));
  }

  /** Adds a network, on which the root has no address. As {@link #add(HostDescription)}. */
  public void add(NetworkDescription network) throws IOException {
    backing.become(Edits.add(description(), network));
  }

  /**
   * Connects a host to a network.
   *
   * @param link an automatic one gets the next free number
   * @return the new link
   */
  public Link connect(Host host, InterfaceDescription link) throws IOException {
    backing.become(Edits.connect(description(), host.description(), link));
    return host.links().getLast();
  }

  /** Takes a link and with it the host's interface away; a capture of it ends. */
  public void disconnect(Link link) throws IOException {
    backing.become(Edits.disconnect(description(), link.host().description(), link.number()));
  }

  /**
   * Parts a network: hosts of one group reach each other on it, hosts of different groups do not.
   * The root is a host as any other; the hosts that no group names are one more group. A network
   * that is parted already is parted anew; a host that is connected later is with the root.
   *
   * @throws NoSuchElementException when there is no such network or host
   * @throws IllegalArgumentException when a host is in two groups, or not on the network
   */
  public void partition(String network, List<Set<String>> groups) throws IOException {
    backing.partition(network, groups);
  }

  /** Makes a parted network whole; nothing when it is. */
  public void heal(String network) throws IOException {
    backing.heal(network);
  }

  /** The networks that are parted, and the groups as they were asked for. */
  public Map<String, List<Set<String>>> partitions() {
    return backing.partitions();
  }

  /** What all chance in it comes from: another lab with this seed loses the same packets. */
  public long seed() {
    return backing.seed();
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
    backing.setConditions(host(host), number, conditions);
  }

  /**
   * What holds on the cable of a host's interface, and by what means.
   *
   * @throws NoSuchElementException when the host has no such cable
   */
  public LinkReport conditions(String host, int number) throws IOException {
    requireCable(host, number);
    return backing.conditions(number);
  }

  private void requireCable(String host, int number) {
    HostDescription known = host(host).description();
    boolean isRoot = known.name().equals(description().root().name());
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
    return backing
        .services()
        .find(wanted)
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "lab %s has no service %s, only %s"
                        .formatted(
                            description().name(),
                            wanted,
                            services().stream().map(Service::name).toList())));
  }

  /** All services; one comes after those that it needs. */
  public List<Service> services() {
    return backing.services().all();
  }

  /**
   * The service that answers for the names of this lab.
   *
   * @throws IllegalStateException under cwrap, where files answer
   */
  public DnsService dns() {
    return backing.dns();
  }

  /**
   * Captures what goes over a network or a link into a pcapng file, until the capture or the lab is
   * closed.
   *
   * @throws IOException when the file cannot be written
   * @throws IllegalArgumentException when the lab has no such network or link
   */
  public Capture capture(CaptureDescription capture) throws IOException {
    CaptureNames.require(description(), capture.target());
    return backing.capture(
        capture.target(),
        CaptureFile.open(capture.file()),
        capture.snapLength(),
        capture.file().toString());
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
    return capture(target, out, snapLength, "-");
  }

  /**
   * As {@link #capture(CaptureTarget, WritableByteChannel, int)}.
   *
   * @param file what events call the place where it goes
   */
  public Capture capture(CaptureTarget target, WritableByteChannel out, int snapLength, String file)
      throws IOException {
    return backing.capture(target, out, snapLength, file);
  }

  /**
   * Ends everything in the lab and returns when it has ended; a second time does nothing. Services
   * are stopped first, as their descriptions say, those before that need others.
   */
  @Override
  public void close() {
    backing.close();
  }
}
