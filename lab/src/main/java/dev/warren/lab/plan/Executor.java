package dev.warren.lab.plan;

import dev.warren.lab.capture.Capture;
import dev.warren.lab.capture.CaptureSource;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.dns.DnsService;
import dev.warren.lab.host.HostThread;
import dev.warren.lab.host.NamespaceMachine;
import dev.warren.lab.service.ServiceListener;
import dev.warren.lab.service.Supervisor;
import dev.warren.lab.software.PackageSource;
import dev.warren.lab.wire.Cable;
import dev.warren.lab.wire.LinkReport;
import dev.warren.lab.wire.Seed;
import dev.warren.lab.wire.Wires;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out plans: that of a lab's start, and those of its changes. It lives as long as the lab
 * and holds all that the kernel gave for it: the mount namespace that hosts start from, and every
 * host. One change at a time, from any platform thread.
 */
public final class Executor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Executor.class);

  private final Kernel kernel;
  private final DnsService dns;
  private final PackageSource packages;
  private final Base base;
  private final Captures captures;
  private final Wires wires;
  private final Supervisor services;
  private final HostListener listener;
  private final int hostsAtOnce;

  /** In the order they were made; for any thread. */
  private final Map<String, LiveHost> hosts = Collections.synchronizedMap(new LinkedHashMap<>());

  private Executor(
      Kernel kernel,
      DnsService dns,
      PackageSource packages,
      ServiceListener serviceListener,
      HostListener listener,
      Base base,
      Seed seed,
      int hostsAtOnce) {
    this.kernel = kernel;
    this.dns = dns;
    this.packages = packages;
    this.services = new Supervisor(serviceListener);
    this.listener = listener;
    this.base = base;
    this.hostsAtOnce = hostsAtOnce;
    this.captures = new Captures();
    this.wires = new Wires(kernel, seed, captures::appeared);
  }

  /**
   * Makes the hosts of a plan.
   *
   * @param plan begins with {@link Operation.MakeBase}
   * @param packages where the packages of hosts come from
   * @param serviceListener is told what services do
   * @param listener is told which hosts come and go
   * @param seed what all chance in the lab comes from
   * @param hostsAtOnce how many hosts are made or ended side by side, at least 1
   * @throws IOException naming the step that failed; what was made before is gone
   */
  public static Executor start(
      List<Operation> plan,
      Kernel kernel,
      DnsService dns,
      PackageSource packages,
      ServiceListener serviceListener,
      HostListener listener,
      Seed seed,
      int hostsAtOnce)
      throws IOException {
    if (plan.isEmpty() || !(plan.getFirst() instanceof Operation.MakeBase first)) {
      throw new IllegalArgumentException("a plan begins with the mount namespace of the lab");
    }
    Base base;
    try {
      base = Base.make(kernel, first);
    } catch (IOException failure) {
      throw new Change().explained(first, failure);
    }
    Executor executor =
        new Executor(kernel, dns, packages, serviceListener, listener, base, seed, hostsAtOnce);
    boolean started = false;
    try {
      executor.carryOut(plan.subList(1, plan.size()));
      started = true;
      return executor;
    } finally {
      if (!started) {
        executor.close();
      }
    }
  }

  /**
   * Changes the lab: all steps, or none.
   *
   * @throws IOException naming the step that failed. Those before it were taken back, the last
   *     first; those of them that {@link Operation#isLasting cannot} be are named too
   */
  public synchronized void carryOut(List<Operation> operations) throws IOException {
    Change change = new Change();
    boolean makesHosts = operations.stream().anyMatch(HostOperation.MakeHost.class::isInstance);
    try (StorePlace _ = makesHosts ? base.place() : null) {
      try {
        for (Stage stage : Stage.of(operations)) {
          carryOut(stage, change);
        }
      } catch (IOException | RuntimeException | Error failure) {
        change.undo(failure);
        throw failure;
      }
    } finally {
      hosts.values().forEach(LiveHost::settle);
    }
  }

  private void carryOut(Stage stage, Change change) throws IOException {
    List<SideBySide.Work> strands = new ArrayList<>();
    stage
        .strands()
        .forEach(strand -> strands.add(maker -> new Strand(this, change, maker).carryOut(strand)));
    SideBySide.run(hostsAtOnce, strands);
    Optional<String> root =
        stage.strands().stream()
            .flatMap(List::stream)
            .filter(NetworkOperation.Connect.class::isInstance)
            .map(one -> ((NetworkOperation.Connect) one).root())
            .findFirst();
    if (root.isPresent()) {
      Ports.await(stage, host(root.get()));
    }
    for (List<Operation> strand : stage.strands()) {
      if (strand.getFirst() instanceof HostOperation.MakeHost make) {
        LiveHost host = hosts.remove(make.host());
        if (host != null) {
          hosts.put(make.host(), host);
        }
      }
    }
  }

  /** Does a step as a whole, or not at all. */
  Undo carryOut(Operation operation) throws IOException {
    return switch (operation) {
      case Operation.MakeBase _ ->
          throw new IllegalArgumentException("a lab has one mount namespace of its own");
      case HostOperation.MakeHost _ ->
          throw new IllegalArgumentException("a host is made with the steps that follow");
      case HostOperation.StopInit stop -> {
        host(stop.host()).stopInit();
        yield Undo.NOTHING;
      }
      case HostOperation.RemoveHost remove -> {
        end(remove.host());
        listener.gone(remove.host());
        yield Undo.NOTHING;
      }
      case HostOperation.Limit limit -> host(limit.host()).limit(limit.limits());
      case HostOperation.StartInit start -> startInit(start.host());
      case HostOperation.ServeDns serve -> host(serve.host()).serveDns(serve.address(), dns);
      case LinkOperation link -> new LinkChanges(this::host, wires, captures).carryOut(link);
      case FileOperation files -> host(files.host()).prepare(files).take();
      case NetworkOperation.LoopbackUp up -> host(up.host()).links().loopbackUp();
      case NetworkOperation.CreateNetwork create ->
          host(create.host()).links().createNetwork(create, captures);
      case NetworkOperation.Connect connect ->
          host(connect.host()).links().connect(connect, host(connect.root()).links(), captures);
      case RoutingOperation routing -> host(routing.host()).links().carryOut(routing);
      case CaptureOperation capture -> captures.carryOut(capture, this::host);
      case ServiceOperation service -> carryOut(service);
      case ConditionOperation.SetConditions set -> setConditions(set);
      case ConditionOperation.Reseed reseed -> reseed(reseed);
    };
  }

  private Undo setConditions(ConditionOperation.SetConditions set) throws IOException {
    Cable cable = host(set.host()).links().cable(set.number(), host(set.root()).links());
    LinkConditions before = wires.report(set.number()).conditions();
    wires.set(cable, set.conditions());
    return () -> wires.set(cable, before);
  }

  private Undo reseed(ConditionOperation.Reseed change) throws IOException {
    Map<Integer, Cable> cables = new HashMap<>();
    change
        .cables()
        .forEach(
            (number, host) ->
                cables.put(number, host(host).links().cable(number, host(change.root()).links())));
    Seed before = wires.seed();
    wires.reseed(new Seed(change.seed(), true), cables);
    return () -> wires.reseed(before, cables);
  }

  /** What all chance in the lab comes from. */
  public long seed() {
    return wires.seed().value();
  }

  /** What holds on the cable of an interface. */
  public LinkReport conditions(int number) throws IOException {
    try {
      return wires.report(number);
    } catch (KernelException failure) {
      throw failure.during("ask for the conditions of veth" + number);
    }
  }

  /** The captures that plans began since it was asked last, also those that were taken back. */
  public synchronized List<StartedCapture> startedCaptures() {
    return captures.begun();
  }

  /**
   * Begins a capture, which ends with the lab at the latest.
   *
   * @param root the host that has the bridges
   * @param out where the file goes; closed with the capture, and when it cannot begin
   * @param snapLength how many bytes of each frame are kept
   * @param names of every address that is known
   */
  public synchronized Capture capture(
      String root,
      CaptureSource source,
      WritableByteChannel out,
      int snapLength,
      Map<InetAddress, List<String>> names)
      throws IOException {
    try {
      return captures.begin(host(root), source, out, snapLength, names);
    } catch (KernelException failure) {
      throw failure.during("capture " + source.name());
    } finally {
      hosts.values().forEach(LiveHost::settle);
    }
  }

  private Undo carryOut(ServiceOperation operation) throws IOException {
    switch (operation) {
      case ServiceOperation.Start start -> {
        NamespaceMachine machine =
            host(start.host())
                .machine()
                .orElseThrow(() -> new IllegalArgumentException(start.host() + " has no init yet"));
        services.start(machine, start.service(), start.addresses());
        return () -> services.remove(start.name());
      }
      case ServiceOperation.AwaitReady await -> {
        try {
          services.awaitReady(await.services());
        } catch (InterruptedException interrupt) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("interrupted");
        }
      }
      case ServiceOperation.Stop stop -> services.stop(stop.service());
    }
    return Undo.NOTHING;
  }

  /** How a host that is going to be made gets its files. */
  FileWork files(HostOperation.MakeHost make) throws IOException {
    return LiveHost.files(kernel, make, base, packages);
  }

  /** Begins to make a host by a thread that goes into it. */
  Undo make(HostOperation.MakeHost make, FileWork files, HostThread thread) throws IOException {
    String name = make.host();
    if (hosts.containsKey(name)) {
      throw new IllegalArgumentException("there is a host " + name + " already");
    }
    hosts.put(name, LiveHost.make(kernel, make, base, files, thread));
    return () -> end(name);
  }

  private Undo startInit(String name) throws IOException {
    LiveHost host = host(name);
    Undo undo = host.startInit();
    synchronized (listener) {
      host.machine().ifPresent(listener::up);
    }
    return () -> {
      undo.undo();
      listener.gone(name);
    };
  }

  private void end(String name) {
    LiveHost host = hosts.remove(name);
    if (host != null) {
      host.close();
      try {
        base.removeFiles(name);
      } catch (IOException failure) {
        // It is gone all the same; its files go with the lab, or when there is one of its name.
        LOG.warn("the files of host {} stay in the lab's memory: {}", name, Reasons.of(failure));
      }
    }
  }

  /** Whether a thread that has made a host may make another one. */
  boolean letsThreadsBack() {
    return base.letsThreadsBack();
  }

  /** A host that is there, if it only has its namespaces. */
  Optional<LiveHost> find(String name) {
    return Optional.ofNullable(hosts.get(name));
  }

  /** A host that the plan has made by now. */
  LiveHost host(String name) {
    LiveHost host = hosts.get(name);
    if (host == null) {
      throw new IllegalArgumentException("the plan does not make host " + name + " first");
    }
    return host;
  }

  /** The hosts that run, by name, in the order they were made. */
  public synchronized Map<String, NamespaceMachine> machines() {
    Map<String, NamespaceMachine> machines = new LinkedHashMap<>();
    hosts.forEach((name, host) -> host.machine().ifPresent(one -> machines.put(name, one)));
    return machines;
  }

  /** The services of the hosts. */
  public Supervisor services() {
    return services;
  }

  /** All are told first: the kernel ends them side by side. */
  private void endHosts() {
    List<LiveHost> all = new ArrayList<>(hosts.values()).reversed();
    hosts.clear();
    all.forEach(LiveHost::tellEnd);
    List<SideBySide.Work> ends = new ArrayList<>();
    all.forEach(host -> ends.add(_ -> host.close()));
    try {
      SideBySide.run(hostsAtOnce, ends);
    } catch (IOException impossible) {
      throw new AssertionError("the end of a host throws no such thing", impossible);
    }
  }

  /** Stops all services and ends all hosts, the last first; a second time does nothing. */
  @Override
  public synchronized void close() {
    services.close();
    wires.close();
    captures.close();
    endHosts();
    base.close();
  }
}
