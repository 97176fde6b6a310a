package dev.warren.lab.plan;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.NetworkDescription;
import dev.warren.lab.description.Resolver;
import dev.warren.lab.host.EtcFiles;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the plan of a lab: what is to be done, in order, before anything is done. */
public final class Planner {
  /** Bridges count from here, far from what the kernel gives by itself. */
  private static final int FIRST_BRIDGE = 1000;

  private static final int SHARED_MODE = 0755;
  private static final int STICKY_MODE = 01777;
  private static final int HOME_MODE = 0700;

  /** What every host has for itself, with permissions. */
  private static final Map<Path, Integer> ALWAYS_PRIVATE =
      new LinkedHashMap<>(
          Map.of(
              Path.of("/tmp"), STICKY_MODE,
              Path.of("/var/tmp"), STICKY_MODE,
              Path.of("/dev/shm"), STICKY_MODE,
              Path.of("/run"), SHARED_MODE,
              Path.of("/root"), HOME_MODE));

  private static final InetAddress LAB_RESOLVER = InetAddress.ofLiteral(EtcFiles.LAB_RESOLVER);

  private final LabDescription lab;
  private final Site site;
  private final Path store;
  private final List<Operation> operations = new ArrayList<>();

  private Planner(LabDescription lab, Site site) {
    this.lab = lab;
    this.site = site;
    this.store = site.store();
  }

  /** The plan of a lab. */
  public static List<Operation> plan(LabDescription lab, Site site) {
    Planner planner = new Planner(lab, site);
    planner.operations.add(new Operation.MakeBase(planner.store, planner.layers("usr")));
    planner.host(lab.root(), () -> planner.networks(lab.root()));
    lab.hosts().forEach(host -> planner.host(host, () -> planner.cables(host)));
    return List.copyOf(planner.operations);
  }

  private void host(HostDescription host, Runnable network) {
    String name = host.name();
    operations.add(new Operation.MakeHost(name));
    operations.add(new Operation.LoopbackUp(name));
    files(host);
    network.run();
    operations.add(new Operation.StartInit(name));
    dns(host);
  }

  private void files(HostDescription host) {
    String name = host.name();
    operations.add(new Operation.MountEtc(host, lab.addresses(host), layers("etc")));
    Map<Path, Integer> directories = new LinkedHashMap<>(ALWAYS_PRIVATE);
    host.privateDirectories().forEach(path -> directories.putIfAbsent(path, SHARED_MODE));
    operations.add(room(host, directories.keySet()));
    site.sharedDirectory()
        .ifPresent(
            target ->
                operations.add(share(name, directories, store.resolve("shared"), target, false)));
    site.readOnlyBinds()
        .forEach(
            (target, source) -> operations.add(share(name, directories, source, target, true)));
    directories.keySet().forEach(directory -> keepVisible(name, directory));
    // What would hide the store comes last; a folder comes before what is mounted inside it.
    directories.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<Path, Integer>, Boolean>comparing(
                    entry -> store.startsWith(entry.getKey()))
                .thenComparing(Map.Entry::getKey))
        .forEach(
            entry ->
                operations.add(new Operation.MountPrivate(name, entry.getKey(), entry.getValue())));
    host.files().forEach(file -> operations.add(new Operation.WriteFile(name, file)));
    operations.add(new Operation.FinishMounts(name, store));
  }

  private static Operation room(HostDescription host, Set<Path> directories) {
    List<Path> folders =
        host.files().stream()
            .map(file -> Objects.requireNonNull(file.path().getParent(), "a file lies in a folder"))
            .filter(folder -> directories.stream().noneMatch(folder::startsWith))
            .distinct()
            .sorted()
            .toList();
    return new Operation.MakeRoom(host.name(), directories.stream().sorted().toList(), folders);
  }

  /** Shows what a private directory would hide of the code that this JVM runs. */
  private void keepVisible(String host, Path directory) {
    List<Path> hidden =
        site.visible().stream()
            .filter(path -> path.startsWith(directory) && !path.equals(directory))
            .toList();
    Gathering.below(directory, hidden)
        .forEach(path -> operations.add(new Operation.Share(host, path, directory, path, true)));
  }

  private static Operation share(
      String host, Map<Path, Integer> directories, Path source, Path target, boolean readOnly) {
    Path directory =
        directoryAbove(target, directories)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        target + " lies in no private directory of host " + host));
    return new Operation.Share(host, source, directory, target, readOnly);
  }

  private static Optional<Path> directoryAbove(Path path, Map<Path, Integer> directories) {
    return directories.keySet().stream()
        .filter(path::startsWith)
        .max(Comparator.comparingInt(Path::getNameCount));
  }

  private void networks(HostDescription root) {
    for (NetworkDescription network : lab.networks()) {
      Map<InetAddress, Integer> addresses = new LinkedHashMap<>();
      root.interfaces().stream()
          .filter(one -> one.network().equals(network.name()))
          .forEach(one -> addresses.putAll(addresses(network, one)));
      operations.add(
          new Operation.CreateNetwork(root.name(), network, bridgeIndex(network), addresses));
    }
  }

  private void cables(HostDescription host) {
    host.interfaces().forEach(one -> connect(host, one));
  }

  private void connect(HostDescription host, InterfaceDescription one) {
    NetworkDescription network = lab.network(one.network()).orElseThrow();
    operations.add(
        new Operation.Connect(
            host.name(),
            lab.root().name(),
            network.name(),
            one.number(),
            bridgeIndex(network),
            addresses(network, one)));
  }

  private int bridgeIndex(NetworkDescription network) {
    return FIRST_BRIDGE + lab.networks().indexOf(network);
  }

  private static Map<InetAddress, Integer> addresses(
      NetworkDescription network, InterfaceDescription one) {
    Map<InetAddress, Integer> addresses = new LinkedHashMap<>();
    Stream.of(network.ipv4(), network.ipv6())
        .flatMap(subnet -> subnet.stream())
        .forEach(subnet -> addresses.put(subnet.address(one.number()), subnet.prefix()));
    return addresses;
  }

  private void dns(HostDescription host) {
    if (host.resolver() instanceof Resolver.Lab) {
      operations.add(new Operation.ServeDns(host.name(), LAB_RESOLVER));
    }
    if (host.servesDns()) {
      lab.addresses(host)
          .forEach(address -> operations.add(new Operation.ServeDns(host.name(), address)));
    }
  }

  private List<Path> layers(String folder) {
    return site.layers().stream()
        .map(layer -> layer.resolve(folder))
        .filter(Files::isDirectory)
        .toList();
  }
}
