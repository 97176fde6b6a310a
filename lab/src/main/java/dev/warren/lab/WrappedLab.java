package dev.warren.lab;

import dev.warren.lab.capture.Capture;
import dev.warren.lab.capture.CaptureFile;
import dev.warren.lab.cwrap.CwrapException;
import dev.warren.lab.cwrap.CwrapLibraries;
import dev.warren.lab.cwrap.WrappedMachine;
import dev.warren.lab.cwrap.WrappedNetwork;
import dev.warren.lab.description.CaptureDescription;
import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.Isolation;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.dns.DnsService;
import dev.warren.lab.event.Event;
import dev.warren.lab.event.Events;
import dev.warren.lab.plan.Operation;
import dev.warren.lab.plan.ServiceOperation;
import dev.warren.lab.plan.ServicePlanner;
import dev.warren.lab.service.ServiceFailedException;
import dev.warren.lab.service.ServiceListener;
import dev.warren.lab.service.Supervisor;
import dev.warren.lab.wire.LinkReport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A running lab that cwrap pretends. It stays what it was described as. */
final class WrappedLab implements Backing {
  private static final String FOLDER = "cwrap";

  private final LabDescription description;
  private final WrappedNetwork network;
  private final Events events = new Events();
  private final Supervisor services;
  private final Map<String, Host> hosts;
  private final List<Capture> captures = Collections.synchronizedList(new ArrayList<>());
  private boolean closed;

  private WrappedLab(LabDescription description, WrappedNetwork network, ServiceListener listener) {
    this.description = description;
    this.network = network;
    this.services =
        new Supervisor(
            event -> {
              listener.happened(event);
              ServiceEvents.of(event).ifPresent(events::publish);
            });
    Map<String, Host> all = new LinkedHashMap<>();
    for (HostDescription host : description.everyone().toList()) {
      all.put(host.name(), new Host(this, host, new WrappedSide(machine(host.name()))));
    }
    this.hosts = Collections.unmodifiableMap(all);
  }

  static WrappedLab start(LabDescription description, LabSettings settings) throws IOException {
    WrappedNetwork.check(description);
    CwrapLibraries libraries = CwrapLibraries.get(settings.packages());
    Path folder = settings.stateDirectory().toAbsolutePath().resolve(FOLDER);
    WrappedLab lab =
        new WrappedLab(
            description,
            WrappedNetwork.make(description, libraries, folder),
            settings.serviceListener());
    try {
      lab.begin();
      return lab;
    } catch (IOException | RuntimeException failure) {
      lab.close();
      throw failure;
    }
  }

  private void begin() throws IOException {
    hosts.values().forEach(host -> events.publish(new Event.HostUp(host.name(), host.pid())));
    for (CaptureDescription one : description.options().captures()) {
      var _ =
          capture(
              one.target(), CaptureFile.open(one.file()), one.snapLength(), one.file().toString());
    }
    start(ServicePlanner.starting(description));
  }

  private void start(List<ServiceOperation.Start> starts) throws IOException {
    for (ServiceOperation.Start start : starts) {
      var _ = services.start(machine(start.host()), start.service(), start.addresses());
    }
    try {
      services.awaitReady(starts.stream().map(ServiceOperation.Start::name).toList());
    } catch (ServiceFailedException failed) {
      throw failed;
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while services started");
    }
  }

  private WrappedMachine machine(String host) {
    return Objects.requireNonNull(network.hosts().get(host), host);
  }

  @Override
  public Isolation isolation() {
    return Isolation.CWRAP;
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
    return description.options().seed().orElse(0);
  }

  @Override
  public Supervisor services() {
    return services;
  }

  @Override
  public DnsService dns() {
    throw new IllegalStateException(
        CwrapException.needsNamespaces("the lab's DNS service").getMessage());
  }

  @Override
  public Map<String, Host> hosts() {
    return hosts;
  }

  @Override
  public Capture capture(CaptureTarget target, WritableByteChannel out, int snapLength, String file)
      throws IOException {
    Capture capture = network.capture(target, out, snapLength);
    captures.add(capture);
    CaptureEvents.tell(events, capture, file);
    return capture;
  }

  @Override
  public boolean isCut(int number) {
    return false;
  }

  @Override
  public void cut(List<Link> links) throws IOException {
    throw CwrapException.needsNamespaces("cutting a link");
  }

  /** None is cut. */
  @Override
  public void mend(List<Link> links) {}

  @Override
  public void setConditions(Host host, int number, LinkConditions conditions) throws IOException {
    throw CwrapException.needsNamespaces("a link's conditions");
  }

  @Override
  public LinkReport conditions(int number) {
    return LinkReport.PLAIN;
  }

  @Override
  public Map<String, List<Set<String>>> partitions() {
    return Map.of();
  }

  @Override
  public void partition(String parted, List<Set<String>> groups) throws IOException {
    throw CwrapException.needsNamespaces("parting network " + parted);
  }

  /** None is parted. */
  @Override
  public void heal(String parted) {}

  /** Its services stop and start again, and all else that ran is gone. */
  @Override
  public synchronized void reboot(Host host) throws IOException {
    List<ServiceOperation.Start> starts =
        ServicePlanner.starting(description).stream()
            .filter(start -> start.host().equals(host.name()))
            .toList();
    starts.reversed().forEach(start -> services.stop(start.name()));
    machine(host.name()).close();
    events.publish(new Event.HostRebooted(host.name(), host.pid()));
    start(starts);
  }

  @Override
  public List<Operation> difference(LabDescription wanted) throws IOException {
    throw CwrapException.needsNamespaces("changing a running lab");
  }

  @Override
  public List<Operation> apply(LabDescription wanted) throws IOException {
    throw CwrapException.needsNamespaces("changing a running lab");
  }

  @Override
  public void become(LabDescription wanted) throws IOException {
    throw CwrapException.needsNamespaces("changing a running lab");
  }

  @Override
  public synchronized void close() {
    services.close();
    List.copyOf(captures).forEach(Capture::close);
    network.close();
    if (!closed) {
      closed = true;
      hosts.values().forEach(host -> events.publish(new Event.HostGone(host.name())));
    }
  }
}
