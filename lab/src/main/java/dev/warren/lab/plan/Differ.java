package dev.warren.lab.plan;

import dev.warren.lab.capture.CaptureNames;
import dev.warren.lab.description.CaptureDescription;
import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.HostNames;
import dev.warren.lab.description.HostRouting;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.description.NetworkDescription;
import dev.warren.lab.description.ServiceDescription;
import dev.warren.lab.description.ServiceName;
import dev.warren.lab.routing.Routes;
import dev.warren.linux.netlink.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The steps that make a running lab into another one. Links, networks and names change while the
 * processes of their hosts live on; a host that differs in anything else is made anew. What can be
 * taken back comes before what cannot, as far as the new is not in the way of the old.
 */
public final class Differ {
  private final LabDescription old;
  private final LabDescription wanted;
  private final Site site;
  private final Bridges bridges;
  private final LiveState state;
  private final NetworkPlanner before;
  private final NetworkPlanner after;
  private final List<Operation> operations = new ArrayList<>();

  /** Networks of both that are not the same. */
  private final Set<String> changedNetworks;

  private Differ(
      LabDescription old, LabDescription wanted, Site site, Bridges bridges, LiveState state) {
    this.old = old;
    this.wanted = wanted;
    this.site = site;
    this.bridges = bridges.changedTo(wanted);
    this.state = state;
    this.before = new NetworkPlanner(old, bridges, operations);
    this.after = new NetworkPlanner(wanted, this.bridges, operations);
    this.changedNetworks =
        old.networks().stream()
            .filter(
                network ->
                    !wanted
                        .network(network.name())
                        .map(Differ::plain)
                        .equals(Optional.of(plain(network))))
            .map(NetworkDescription::name)
            .collect(Collectors.toSet());
  }

  /**
   * The steps, in order; none when the labs are alike.
   *
   * @param bridges of the running lab
   * @param state what the running lab is, where that may differ from its description
   * @throws IOException when a running lab cannot become that one
   */
  public static List<Operation> difference(
      LabDescription old, LabDescription wanted, Site site, Bridges bridges, LiveState state)
      throws IOException {
    Differ differ = new Differ(old, wanted, site, bridges, state);
    differ.refuseWhatCannotBe();
    differ.plan();
    return List.copyOf(differ.operations);
  }

  private void refuseWhatCannotBe() throws IOException {
    if (!fixed(old.root()).equals(fixed(wanted.root()))) {
      throw new IOException(
          "%s, the root of lab %s, holds the bridges: only its addresses, names, routing and services can change while the lab runs; end the lab and start it anew"
              .formatted(old.root().name(), old.name()));
    }
  }

  private void plan() {
    List<HostDescription> gone = new ArrayList<>();
    List<HostDescription> rebuilt = new ArrayList<>();
    List<HostDescription> kept = new ArrayList<>();
    for (HostDescription host : old.hosts()) {
      Optional<HostDescription> next = hostOf(wanted, host.name());
      if (next.isEmpty()) {
        gone.add(host);
      } else if (isRebuilt(host, next.get())) {
        rebuilt.add(host);
      } else {
        kept.add(host);
      }
    }
    List<HostDescription> added =
        wanted.hosts().stream().filter(host -> hostOf(old, host.name()).isEmpty()).toList();
    Set<Integer> taken = numbers(old);
    Set<String> newNetworks =
        wanted.networks().stream()
            .map(NetworkDescription::name)
            .filter(name -> old.network(name).isEmpty())
            .collect(Collectors.toSet());

    reseed();
    wanted.networks().stream()
        .filter(network -> newNetworks.contains(network.name()))
        .forEach(network -> after.network(wanted.root(), network));
    captures(target -> target instanceof CaptureTarget.Network);
    List<HostDescription> free =
        added.stream().filter(host -> !isInTheWay(host, taken, changedNetworks)).toList();
    free.forEach(this::make);

    kept.forEach(host -> disconnectOld(host, hostOf(wanted, host.name()).orElseThrow()));
    Set<Integer> needed = numbers(wanted);
    List<HostDescription> last = new ArrayList<>();
    for (HostDescription host : gone) {
      if (isInTheWay(host, needed, changedNetworks)) {
        remove(host);
      } else {
        last.add(host);
      }
    }
    rebuilt.forEach(this::remove);
    old.networks().stream()
        .filter(network -> changedNetworks.contains(network.name()))
        .forEach(
            network ->
                operations.add(
                    new LinkOperation.RemoveNetwork(before.creation(old.root(), network))));
    wanted.networks().stream()
        .filter(network -> changedNetworks.contains(network.name()))
        .forEach(network -> after.network(wanted.root(), network));
    rootAddresses();
    kept.forEach(host -> connectNew(host, hostOf(wanted, host.name()).orElseThrow()));
    captures(
        target ->
            target instanceof CaptureTarget.Link link
                && kept.stream().anyMatch(host -> link.isOf(host.name())));
    renamed(old.root(), wanted.root());
    kept.forEach(host -> renamed(host, hostOf(wanted, host.name()).orElseThrow()));
    rebuilt.forEach(host -> make(hostOf(wanted, host.name()).orElseThrow()));
    added.stream().filter(host -> !free.contains(host)).forEach(this::make);
    routed(old.root(), wanted.root(), !changedNetworks.isEmpty());
    for (HostDescription host : kept) {
      HostDescription next = hostOf(wanted, host.name()).orElseThrow();
      routed(host, next, next.interfaces().stream().anyMatch(one -> !stays(host, one)));
    }
    Set<String> anew = new HashSet<>();
    rebuilt.forEach(host -> anew.add(host.name()));
    added.forEach(host -> anew.add(host.name()));
    services(kept, anew);
    last.forEach(this::remove);
    endCaptures();
  }

  /** Begins captures that are not there yet. */
  private void captures(Predicate<CaptureTarget> which) {
    wanted.options().captures().stream()
        .filter(one -> which.test(one.target()))
        .filter(this::isNew)
        .forEach(one -> operations.add(Planner.capture(wanted, one)));
  }

  private boolean isNew(CaptureDescription capture) {
    return old.options().captures().stream().noneMatch(one -> isSame(one, capture));
  }

  /** Whether what runs may go on as it is: it goes on by itself where its link is laid anew. */
  private boolean isSame(CaptureDescription running, CaptureDescription capture) {
    return running.absoluteFile().equals(capture.absoluteFile())
        && running.snapLength() == capture.snapLength()
        && CaptureNames.source(old, running.target())
            .equals(CaptureNames.source(wanted, capture.target()));
  }

  private void endCaptures() {
    List<Path> stay =
        wanted.options().captures().stream().map(CaptureDescription::absoluteFile).toList();
    old.options().captures().stream()
        .filter(one -> !stay.contains(one.absoluteFile()))
        .forEach(one -> operations.add(new CaptureOperation.End(one.file())));
  }

  private void reseed() {
    OptionalLong seed = wanted.options().seed();
    if (seed.isPresent() && seed.getAsLong() != state.seed()) {
      Map<Integer, String> cables = new HashMap<>();
      old.hosts()
          .forEach(host -> host.interfaces().forEach(one -> cables.put(one.number(), host.name())));
      operations.add(new ConditionOperation.Reseed(wanted.root().name(), seed.getAsLong(), cables));
    }
  }

  /** Routes go with a cable that is laid anew. */
  private void routed(HostDescription host, HostDescription next, boolean relaid) {
    List<Operation> steps = new ArrayList<>(RoutingPlanner.change(old, host, wanted, next));
    List<Route> routes = Routes.of(wanted, next);
    if (relaid
        && !routes.isEmpty()
        && steps.stream().noneMatch(RoutingOperation.SetRoutes.class::isInstance)) {
      steps.add(new RoutingOperation.SetRoutes(next.name(), List.of(), routes));
    }
    operations.addAll(steps);
  }

  /** Stops the services that are not wanted so any more, and starts those that are new. */
  private void services(List<HostDescription> kept, Set<String> anew) {
    List<HostDescription> before = new ArrayList<>(kept);
    before.add(old.root());
    for (HostDescription host : before) {
      HostDescription next = wanted.host(host.name()).orElseThrow();
      for (ServiceName name : ServicePlanner.stopping(old, host)) {
        Optional<ServiceDescription> same =
            host.services().stream()
                .filter(one -> one.name().equals(name.service()))
                .filter(next.services()::contains)
                .findFirst();
        if (same.isEmpty()) {
          operations.add(new ServiceOperation.Stop(name));
        }
      }
    }
    ServicePlanner.add(
        wanted,
        start ->
            anew.contains(start.host())
                || !old.host(start.host()).orElseThrow().services().contains(start.service()),
        operations);
  }

  private boolean isRebuilt(HostDescription host, HostDescription next) {
    boolean listensElsewhere =
        next.naming().servesDns() && !old.addresses(host).equals(wanted.addresses(next));
    return listensElsewhere || !fixed(host).equals(fixed(next));
  }

  /** A host without what can change while it runs. */
  private static HostDescription fixed(HostDescription host) {
    HostNames names = host.naming();
    HostNames fixedNames =
        new HostNames(Optional.empty(), List.of(), names.resolver(), List.of(), names.servesDns());
    return new HostDescription(
        host.name(),
        fixedNames,
        List.of(),
        host.fileSystem(),
        host.accounts(),
        host.isolation(),
        host.limits(),
        HostRouting.NONE,
        List.of());
  }

  private static boolean isInTheWay(
      HostDescription host, Set<Integer> numbers, Set<String> networks) {
    return host.interfaces().stream()
        .anyMatch(one -> numbers.contains(one.number()) || networks.contains(one.network()));
  }

  private static Set<Integer> numbers(LabDescription lab) {
    Set<Integer> numbers = new HashSet<>();
    lab.hosts().forEach(host -> host.interfaces().forEach(one -> numbers.add(one.number())));
    return numbers;
  }

  private static Optional<HostDescription> hostOf(LabDescription lab, String name) {
    return lab.hosts().stream().filter(host -> host.name().equals(name)).findFirst();
  }

  private void make(HostDescription host) {
    operations.addAll(Planner.host(wanted, site, bridges, host, this::isNew));
  }

  private void remove(HostDescription host) {
    ServicePlanner.stopping(old, host)
        .forEach(name -> operations.add(new ServiceOperation.Stop(name)));
    host.interfaces().forEach(one -> disconnect(host, one));
    operations.add(new HostOperation.RemoveHost(host.name()));
  }

  private void disconnect(HostDescription host, InterfaceDescription one) {
    operations.add(new LinkOperation.Disconnect(before.cable(host, one)));
  }

  private void disconnectOld(HostDescription host, HostDescription next) {
    host.interfaces().stream()
        .filter(one -> !stays(next, one))
        .forEach(one -> disconnect(host, one));
  }

  private void connectNew(HostDescription host, HostDescription next) {
    next.interfaces().stream()
        .filter(one -> !stays(host, one))
        .forEach(one -> after.lay(next, one));
    for (InterfaceDescription one : next.interfaces()) {
      if (stays(host, one)) {
        if (state.cut().contains(one.number())) {
          operations.add(new LinkOperation.Mend(next.name(), wanted.root().name(), one.number()));
        }
        if (!wanted.conditions(one).equals(state.conditions().get(one.number()))) {
          operations.add(after.conditions(next, one));
        }
      }
    }
  }

  private boolean stays(HostDescription other, InterfaceDescription one) {
    return !changedNetworks.contains(one.network())
        && other.interfaces().stream().anyMatch(same -> plain(same).equals(plain(one)));
  }

  /** An interface without what changes on its cable. */
  private static InterfaceDescription plain(InterfaceDescription one) {
    return new InterfaceDescription(one.network(), one.number(), one.settings(), Optional.empty());
  }

  private static NetworkDescription plain(NetworkDescription network) {
    return network.withSettings(network.settings().withConditions(LinkConditions.PERFECT));
  }

  private void rootAddresses() {
    for (NetworkDescription network : wanted.networks()) {
      if (old.network(network.name()).isPresent() && !changedNetworks.contains(network.name())) {
        Map<InetAddress, Integer> away = before.rootAddresses(old.root(), network);
        Map<InetAddress, Integer> added = after.rootAddresses(wanted.root(), network);
        if (!away.equals(added)) {
          operations.add(
              new LinkOperation.Readdress(
                  wanted.root().name(),
                  network.name(),
                  bridges.index(network.name()),
                  away,
                  added));
        }
      }
    }
  }

  private void renamed(HostDescription host, HostDescription next) {
    List<InetAddress> addresses = wanted.addresses(next);
    if (!host.naming().equals(next.naming()) || !old.addresses(host).equals(addresses)) {
      operations.add(new FileOperation.Rename(next, addresses));
    }
  }
}
