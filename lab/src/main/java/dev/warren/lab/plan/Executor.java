package dev.warren.lab.plan;

import dev.warren.lab.capture.Capture;
import dev.warren.lab.capture.CaptureSource;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.dns.DnsService;
import dev.warren.lab.host.Machine;
import dev.warren.lab.service.ServiceListener;
import dev.warren.lab.service.Supervisor;
import dev.warren.lab.software.PackageSource;
import dev.warren.lab.wire.Cable;
import dev.warren.lab.wire.LinkReport;
import dev.warren.lab.wire.Seed;
import dev.warren.lab.wire.Wires;
import dev.warren.linux.kernel.Kernel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Carries out plans: that of a lab's start, and those of its changes. It lives as long as the lab
 * and holds all that the kernel gave for it: the mount namespace that hosts start from, and every
 * host. One change at a time, from any platform thread.
 */
public final class Executor implements AutoCloseable {
  private final Kernel kernel;
  private final DnsService dns;
  private final PackageSource packages;
  private final Base base;
  private final Captures captures;
  private final Wires wires;
  private final Supervisor services;
  private final HostListener listener;
  private final Map<String, LiveHost> hosts = new LinkedHashMap<>();

  private Executor(
      Kernel kernel,
      DnsService dns,
      PackageSource packages,
      ServiceListener serviceListener,
      HostListener listener,
      Base base,
      Seed seed) {
    this.kernel = kernel;
    this.dns = dns;
    this.packages = packages;
    this.services = new Supervisor(serviceListener);
    this.listener = listener;
    this.base = base;
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
   * @throws IOException naming the step that failed; what was made before is gone
   */
  public static Executor start(
      List<Operation> plan,
      Kernel kernel,
      DnsService dns,
      PackageSource packages,
      ServiceListener serviceListener,
      HostListener listener,
      Seed seed)
      throws IOException {
    if (plan.isEmpty() || !(plan.getFirst() instanceof Operation.MakeBase first)) {
      throw new IllegalArgumentException("a plan begins with the mount namespace of the lab");
    }
    Base base;
    try {
      base = Base.make(kernel, first);
    } catch (IOException failure) {
      throw explained(first, failure);
    }
    Executor executor = new Executor(kernel, dns, packages, serviceListener, listener, base, seed);
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
  public synchronized void carryOut(List<Operation> change) throws IOException {
    List<Undo> done = new ArrayList<>();
    List<String> lasting = new ArrayList<>();
    boolean makesHosts = change.stream().anyMatch(HostOperation.MakeHost.class::isInstance);
    try (StorePlace _ = makesHosts ? base.place() : null) {
      for (Operation operation : change) {
        try {
          done.add(carryOut(operation));
        } catch (IOException failure) {
          IOException told = explained(operation, failure, lasting);
          Undo.all(done, told);
          throw told;
        } catch (RuntimeException | Error mistake) {
          // Of ours, whatever it is: it goes on to the caller, and what was done is no less undone.
          Undo.all(done, mistake);
          throw mistake;
        }
        if (operation.isLasting()) {
          lasting.add(operation.describe());
        }
      }
    } finally {
      hosts.values().forEach(LiveHost::settle);
    }
  }

  /** Does a step as a whole, or not at all. */
  private Undo carryOut(Operation operation) throws IOException {
    return switch (operation) {
      case Operation.MakeBase _ ->
          throw new IllegalArgumentException("a lab has one mount namespace of its own");
      case HostOperation.MakeHost make -> make(make);
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
      case FileOperation files -> host(files.host()).carryOut(files);
      case NetworkOperation.LoopbackUp up -> host(up.host()).loopbackUp();
      case NetworkOperation.CreateNetwork create ->
          host(create.host()).createNetwork(create, captures);
      case NetworkOperation.Connect connect ->
          host(connect.host()).connect(connect, host(connect.root()), captures);
      case RoutingOperation routing -> host(routing.host()).carryOut(routing);
      case CaptureOperation capture -> captures.carryOut(capture, this::host);
      case ServiceOperation service -> carryOut(service);
      case ConditionOperation.SetConditions set -> setConditions(set);
      case ConditionOperation.Reseed reseed -> reseed(reseed);
    };
  }

  private Undo setConditions(ConditionOperation.SetConditions set) throws IOException {
    Cable cable = host(set.host()).cable(set.number(), host(set.root()));
    LinkConditions before = wires.report(set.number()).conditions();
    wires.set(cable, set.conditions());
    return () -> wires.set(cable, before);
  }

  private Undo reseed(ConditionOperation.Reseed change) throws IOException {
    Map<Integer, Cable> cables = new HashMap<>();
    change
        .cables()
        .forEach(
            (number, host) -> cables.put(number, host(host).cable(number, host(change.root()))));
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
    return wires.report(number);
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
    } finally {
      hosts.values().forEach(LiveHost::settle);
    }
  }

  private Undo carryOut(ServiceOperation operation) throws IOException {
    switch (operation) {
      case ServiceOperation.Start start -> {
        Machine machine =
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

  private Undo make(HostOperation.MakeHost make) throws IOException {
    String name = make.host();
    if (hosts.containsKey(name)) {
      throw new IllegalArgumentException("there is a host " + name + " already");
    }
    hosts.put(name, LiveHost.make(kernel, make, base, packages));
    return () -> end(name);
  }

  private Undo startInit(String name) throws IOException {
    LiveHost host = host(name);
    Undo undo = host.startInit();
    host.machine().ifPresent(listener::up);
    return () -> {
      undo.undo();
      listener.gone(name);
    };
  }

  private void end(String name) throws IOException {
    LiveHost host = hosts.remove(name);
    if (host != null) {
      host.close();
      base.removeFiles(name);
    }
  }

  private static IOException explained(Operation operation, IOException failure) {
    return explained(operation, failure, List.of());
  }

  private static IOException explained(
      Operation operation, IOException failure, List<String> lasting) {
    String rest = lasting.isEmpty() ? "" : " (this stays done: " + String.join("; ", lasting) + ")";
    return new IOException(operation.describe() + ": " + failure.getMessage() + rest, failure);
  }

  private LiveHost host(String name) {
    LiveHost host = hosts.get(name);
    if (host == null) {
      throw new IllegalArgumentException("the plan does not make host " + name + " first");
    }
    return host;
  }

  /** The hosts that run, by name, in the order they were made. */
  public synchronized Map<String, Machine> machines() {
    Map<String, Machine> machines = new LinkedHashMap<>();
    hosts.forEach((name, host) -> host.machine().ifPresent(one -> machines.put(name, one)));
    return machines;
  }

  /** The services of the hosts. */
  public Supervisor services() {
    return services;
  }

  /** Stops all services and ends all hosts, the last first; a second time does nothing. */
  @Override
  public synchronized void close() {
    services.close();
    wires.close();
    captures.close();
    new ArrayList<>(hosts.values()).reversed().forEach(LiveHost::close);
    hosts.clear();
    base.close();
  }
}
