package dev.warren.lab.plan;

import dev.warren.lab.capture.CaptureNames;
import dev.warren.lab.description.CaptureDescription;
import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.HostLimits;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.Resolver;
import dev.warren.lab.host.EtcFiles;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes the plan of a lab: what is to be done, in order, before anything is done. */
public final class Planner {
  private static final InetAddress LAB_RESOLVER = InetAddress.ofLiteral(EtcFiles.LAB_RESOLVER);

  private final LabDescription lab;
  private final FilePlanner files;
  private final NetworkPlanner network;
  private final Predicate<CaptureDescription> captured;
  private final List<Operation> operations = new ArrayList<>();

  private Planner(
      LabDescription lab, Site site, Bridges bridges, Predicate<CaptureDescription> captured) {
    this.lab = lab;
    this.captured = captured;
    this.files = new FilePlanner(lab, site, operations);
    this.network = new NetworkPlanner(lab, bridges, operations);
  }

  /** The plan of a lab. */
  public static List<Operation> plan(LabDescription lab, Site site) {
    Planner planner = new Planner(lab, site, Bridges.of(lab), _ -> true);
    planner.operations.add(
        new Operation.MakeBase(
            site.store(), site.layers("usr"), site.visible(), FilePlanner.hidden(site)));
    planner.host(
        lab.root(),
        () -> {
          planner.network.networks(lab.root());
          planner.captures(one -> one.target() instanceof CaptureTarget.Network);
        });
    lab.hosts().forEach(host -> planner.host(host, () -> planner.network.cables(host)));
    ServicePlanner.add(lab, planner.operations);
    return List.copyOf(planner.operations);
  }

  /**
   * The steps that add one host of a lab to it while it runs.
   *
   * @param captured which of the lab's captures are to begin with it
   */
  static List<Operation> host(
      LabDescription lab,
      Site site,
      Bridges bridges,
      HostDescription host,
      Predicate<CaptureDescription> captured) {
    Planner planner = new Planner(lab, site, bridges, captured);
    planner.host(host, () -> planner.network.cables(host));
    return List.copyOf(planner.operations);
  }

  /** The steps that end all processes of a host and let it begin anew, with its files. */
  public static List<Operation> reboot(LabDescription lab, HostDescription host) {
    List<Operation> steps = new ArrayList<>();
    ServicePlanner.stopping(lab, host).forEach(name -> steps.add(new ServiceOperation.Stop(name)));
    steps.add(new HostOperation.StopInit(host.name()));
    steps.add(new HostOperation.StartInit(host.name()));
    ServicePlanner.add(lab, start -> start.host().equals(host.name()), steps);
    return List.copyOf(steps);
  }

  /** As early as can be: right after what is captured is there. */
  private void captures(Predicate<CaptureDescription> which) {
    lab.options().captures().stream()
        .filter(which)
        .filter(captured)
        .forEach(one -> operations.add(capture(lab, one)));
  }

  /** The step that begins a capture. */
  static CaptureOperation.Begin capture(LabDescription lab, CaptureDescription capture) {
    return new CaptureOperation.Begin(
        lab.root().name(),
        CaptureNames.source(lab, capture.target()),
        capture.file(),
        capture.snapLength(),
        CaptureNames.of(lab));
  }

  private void host(HostDescription host, Runnable links) {
    String name = host.name();
    operations.add(new HostOperation.MakeHost(name, host.isolation()));
    if (!host.limits().equals(HostLimits.NONE)) {
      operations.add(new HostOperation.Limit(name, host.limits()));
    }
    operations.add(new NetworkOperation.LoopbackUp(name));
    files.files(host);
    links.run();
    captures(one -> one.target() instanceof CaptureTarget.Link link && link.isOf(name));
    operations.addAll(RoutingPlanner.start(lab, host));
    dns(host);
    operations.add(new HostOperation.StartInit(name));
  }

  private void dns(HostDescription host) {
    if (host.naming().resolver() instanceof Resolver.Lab) {
      operations.add(new HostOperation.ServeDns(host.name(), LAB_RESOLVER));
    }
    if (host.naming().servesDns()) {
      lab.addresses(host)
          .forEach(address -> operations.add(new HostOperation.ServeDns(host.name(), address)));
    }
  }
}
