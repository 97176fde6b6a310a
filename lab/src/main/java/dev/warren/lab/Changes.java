package dev.warren.lab;

import dev.warren.lab.capture.Capture;
import dev.warren.lab.capture.CaptureNames;
import dev.warren.lab.capture.CaptureSource;
import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.Isolation;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.dns.DnsRecords;
import dev.warren.lab.dns.DnsService;
import dev.warren.lab.event.Event;
import dev.warren.lab.event.Events;
import dev.warren.lab.host.NamespaceMachine;
import dev.warren.lab.plan.Bridges;
import dev.warren.lab.plan.ConditionOperation;
import dev.warren.lab.plan.Differ;
import dev.warren.lab.plan.Executor;
import dev.warren.lab.plan.LinkOperation;
import dev.warren.lab.plan.LiveState;
import dev.warren.lab.plan.Operation;
import dev.warren.lab.plan.Planner;
import dev.warren.lab.service.Supervisor;
import dev.warren.lab.wire.LinkReport;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A running lab as it is now, and how it becomes another one. One change at a time. */
final class Changes implements Backing {
  private final LabSettings settings;
  private final DnsService dns;
  private final Executor executor;
  private final Events events;
  private final HostEvents hostEvents;
  private final Set<Integer> cut = ConcurrentHashMap.newKeySet();
  private final Partitions partitions;
  private volatile LabDescription description;
  private volatile Map<String, Host> hosts = Map.of();
  private Bridges bridges;
  private boolean closed;

  Changes(
      LabDescription description,
      LabSettings settings,
      DnsService dns,
      Executor executor,
      Events events,
      HostEvents hostEvents) {
    this.events = events;
    this.hostEvents = hostEvents;
    this.settings = settings;
    this.dns = dns;
    this.executor = executor;
    this.description = description;
    this.bridges = Bridges.of(description);
    this.partitions = new Partitions();
    settle(description);
    tellOfCaptures();
    hostEvents.first(this::runsOn);
  }

  /** A host has another init: it was made anew, or rebooted. */
  private void runsOn(NamespaceMachine machine) {
    Host present = hosts.get(machine.name());
    if (present != null && present.side() instanceof NamespaceSide side) {
      side.runsOn(machine);
    }
  }

  @Override
  public LabDescription description() {
    return description;
  }

  @Override
  public Events events() {
    return events;
  }

  @Override
  public long seed() {
    return executor.seed();
  }

  @Override
  public Supervisor services() {
    return executor.services();
  }

  @Override
  public Isolation isolation() {
    return Isolation.NAMESPACES;
  }

  @Override
  public DnsService dns() {
    return dns;
  }

  @Override
  public Capture capture(CaptureTarget target, WritableByteChannel out, int snapLength, String file)
      throws IOException {
    LabDescription now = description;
    CaptureSource source = CaptureNames.source(now, target);
    Capture capture =
        executor.capture(now.root().name(), source, out, snapLength, CaptureNames.of(now));
    CaptureEvents.tell(events, capture, file);
    return capture;
  }

  /** Makes events of the captures that plans began since it was asked last. */
  private void tellOfCaptures() {
    executor
        .startedCaptures()
        .forEach(one -> CaptureEvents.tell(events, one.capture(), one.file().toString()));
  }

  @Override
  public Map<String, Host> hosts() {
    return hosts;
  }

  /** Not synchronized, as {@link #partitions}: a listener of an event may ask. */
  @Override
  public boolean isCut(int number) {
    return cut.contains(number);
  }

  @Override
  public synchronized void cut(List<Link> links) throws IOException {
    List<Link> whole =
        withOtherEnds(links).stream().filter(link -> !cut.contains(link.number())).toList();
    String root = description.root().name();
    executor.carryOut(
        whole.stream()
            .<Operation>map(link -> new LinkOperation.Cut(link.host().name(), root, link.number()))
            .toList());
    for (Link link : whole) {
      cut.add(link.number());
      events.publish(new Event.LinkCut(link.host().name(), link.name(), link.network()));
    }
  }

  @Override
  public synchronized void mend(List<Link> links) throws IOException {
    List<Link> broken =
        withOtherEnds(links).stream().filter(link -> cut.contains(link.number())).toList();
    String root = description.root().name();
    executor.carryOut(
        broken.stream()
            .<Operation>map(link -> new LinkOperation.Mend(link.host().name(), root, link.number()))
            .toList());
    for (Link link : broken) {
      cut.remove(link.number());
      events.publish(new Event.LinkMended(link.host().name(), link.name(), link.network()));
    }
  }

  /** A mere cable has two ends, and both lose the carrier. */
  private List<Link> withOtherEnds(List<Link> links) {
    Set<String> cables = new TreeSet<>();
    links.stream()
        .map(Link::network)
        .filter(name -> description.network(name).filter(one -> one.settings().cable()).isPresent())
        .forEach(cables::add);
    return Stream.concat(
            links.stream(),
            hosts.values().stream()
                .flatMap(host -> host.links().stream())
                .filter(link -> cables.contains(link.network()))
                .filter(link -> links.stream().noneMatch(one -> one.number() == link.number())))
        .toList();
  }

  @Override
  public synchronized void setConditions(Host host, int number, LinkConditions conditions)
      throws IOException {
    executor.carryOut(
        List.of(
            new ConditionOperation.SetConditions(
                host.name(), description.root().name(), number, conditions)));
    host.links().stream()
        .filter(link -> link.number() == number)
        .forEach(
            link ->
                events.publish(
                    new Event.ConditionsChanged(host.name(), link.name(), conditions.describe())));
  }

  @Override
  public LinkReport conditions(int number) throws IOException {
    return executor.conditions(number);
  }

  @Override
  public Map<String, List<Set<String>>> partitions() {
    return partitions.groups();
  }

  @Override
  public synchronized void partition(String network, List<Set<String>> groups) throws IOException {
    LinkOperation.Split split = partitions.split(description, bridges, network, groups);
    List<Operation> change = new ArrayList<>(partitions.heal(description, Set.of(network)));
    change.add(split);
    executor.carryOut(change);
    partitions.put(groups, split);
    events.publish(new Event.NetworkParted(network, groups));
  }

  @Override
  public synchronized void heal(String network) throws IOException {
    Partitions.network(description, network);
    List<Operation> change = partitions.heal(description, Set.of(network));
    if (!change.isEmpty()) {
      executor.carryOut(change);
      partitions.remove(network);
      events.publish(new Event.NetworkHealed(network));
    }
  }

  @Override
  public synchronized void reboot(Host host) throws IOException {
    hostEvents.rebooting(Optional.of(host.name()));
    try {
      executor.carryOut(Planner.reboot(description, host.description()));
    } finally {
      hostEvents.rebooting(Optional.empty());
    }
  }

  /** The steps that make it what a description says, whatever was done to it meanwhile. */
  @Override
  public synchronized List<Operation> difference(LabDescription wanted) throws IOException {
    LabDescription named = wanted.withName(description.name());
    return difference(named, liveState(), partitions.groups().keySet());
  }

  private List<Operation> difference(LabDescription wanted, LiveState state, Set<String> healed)
      throws IOException {
    List<Operation> all = new ArrayList<>(partitions.heal(description, healed));
    all.addAll(Differ.difference(description, wanted, settings.site(), bridges, state));
    return List.copyOf(all);
  }

  private LiveState liveState() throws IOException {
    Map<Integer, LinkConditions> conditions = new HashMap<>();
    for (HostDescription host : description.hosts()) {
      for (InterfaceDescription one : host.interfaces()) {
        conditions.put(one.number(), executor.conditions(one.number()).conditions());
      }
    }
    return new LiveState(seed(), cut, conditions);
  }

  private Set<String> removedNetworks(LabDescription wanted) {
    Set<String> names = new TreeSet<>();
    description.networks().stream()
        .filter(network -> !wanted.networks().contains(network))
        .forEach(network -> names.add(network.name()));
    return names;
  }

  /** Makes it what a description says; what was done to it meanwhile is undone. */
  @Override
  public synchronized List<Operation> apply(LabDescription wanted) throws IOException {
    LabDescription named = wanted.withName(description.name());
    Set<String> healed = partitions.groups().keySet();
    List<Operation> change = difference(named, liveState(), healed);
    carryOut(named, change, healed);
    return change;
  }

  /** Makes it another lab; what was done to links and networks that stay is left. */
  @Override
  public synchronized void become(LabDescription wanted) throws IOException {
    Set<String> healed = removedNetworks(wanted);
    LiveState state = LiveState.asDescribed(description, seed());
    carryOut(wanted, difference(wanted, state, healed), healed);
  }

  private void carryOut(LabDescription wanted, List<Operation> change, Set<String> healed)
      throws IOException {
    NamespaceLabs.fetchPackages(wanted, settings);
    LabDescription before = description;
    try {
      executor.carryOut(change);
    } catch (IOException failure) {
      settle(survivors());
      tellOfCaptures();
      throw failure;
    }
    healed.stream().filter(partitions.groups()::containsKey).forEach(partitions::remove);
    bridges = bridges.changedTo(wanted);
    for (Operation step : change) {
      switch (step) {
        case LinkOperation.Mend mend -> cut.remove(mend.number());
        case LinkOperation.Disconnect away -> cut.remove(away.cable().number());
        default -> {}
      }
    }
    settle(wanted);
    tellOfCaptures();
    change.stream().flatMap(step -> event(before, step).stream()).forEach(events::publish);
    if (!change.isEmpty()) {
      events.publish(new Event.ChangeApplied(change.stream().map(Operation::describe).toList()));
    }
  }

  /** What a step does that has an event of its own. */
  private static Optional<Event> event(LabDescription before, Operation step) {
    return switch (step) {
      case LinkOperation.Mend mend ->
          link(before, mend.host(), mend.number())
              .map(link -> new Event.LinkMended(mend.host(), link.nameInHost(), link.network()));
      case LinkOperation.Join join -> Optional.of(new Event.NetworkHealed(join.split().network()));
      case ConditionOperation.SetConditions set ->
          link(before, set.host(), set.number())
              .map(
                  link ->
                      new Event.ConditionsChanged(
                          set.host(), link.nameInHost(), set.conditions().describe()));
      default -> Optional.empty();
    };
  }

  private static Optional<InterfaceDescription> link(LabDescription lab, String host, int number) {
    return lab.host(host).stream()
        .flatMap(one -> one.interfaces().stream())
        .filter(one -> one.number() == number)
        .findFirst();
  }

  /** The lab less what a change that failed has ended and could not make again. */
  private LabDescription survivors() {
    Set<String> running = executor.machines().keySet();
    return new LabDescription(
        description.name(),
        description.networks(),
        description.root(),
        description.hosts().stream().filter(host -> running.contains(host.name())).toList(),
        description.options().ofHosts(running));
  }

  /** Makes handles, names and what is known of links fit the lab as it is. */
  private void settle(LabDescription now) {
    Map<String, NamespaceMachine> machines = executor.machines();
    Map<String, Host> fresh = new LinkedHashMap<>();
    for (Host host : hosts.values()) {
      if (now.host(host.name()).isEmpty()) {
        host.close();
      }
    }
    for (HostDescription host : now.everyone().toList()) {
      Host present = hosts.get(host.name());
      if (present == null) {
        fresh.put(
            host.name(), new Host(this, host, new NamespaceSide(machine(host.name(), machines))));
      } else {
        fresh.put(host.name(), present);
        present.describedBy(host);
      }
    }
    cut.retainAll(
        now.hosts().stream()
            .flatMap(host -> host.interfaces().stream().map(InterfaceDescription::number))
            .toList());
    description = now;
    hosts = Collections.unmodifiableMap(fresh);
    dns.records(DnsRecords.of(now));
  }

  private static NamespaceMachine machine(String host, Map<String, NamespaceMachine> machines) {
    return Objects.requireNonNull(
        machines.get(host), () -> "the executor has no host " + host + " that runs");
  }

  @Override
  public synchronized void close() {
    // They may ask for names while they end.
    executor.services().close();
    hosts.values().forEach(Host::close);
    dns.close();
    executor.close();
    if (!closed) {
      closed = true;
      hosts.values().forEach(host -> events.publish(new Event.HostGone(host.name())));
    }
  }
}
