package dev.warren.lab.plan;

import dev.warren.lab.dns.DnsService;
import dev.warren.lab.host.EtcFiles;
import dev.warren.lab.host.HostNamespaces;
import dev.warren.lab.host.HostThread;
import dev.warren.lab.host.Init;
import dev.warren.lab.host.Machine;
import dev.warren.lab.host.PrivateTree;
import dev.warren.lab.software.PackageLayer;
import dev.warren.lab.software.PackageSource;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.mount.Mounts;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import dev.warren.linux.netlink.AddressRequest;
import dev.warren.linux.netlink.CreateBridge;
import dev.warren.linux.netlink.CreateCable;
import dev.warren.linux.netlink.NetlinkSocket;
import dev.warren.linux.netlink.Request;
import dev.warren.linux.netlink.SetLink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One host on its way to be: the thread inside it, what it has so far, and how to undo that. */
final class HostBuilder {
  private static final int LOOPBACK_INDEX = 1;
  private static final int DNS_PORT = 53;

  /**
   * Interface indices begin here, at both ends of a cable: a new network namespace may hold
   * interfaces of the kernel's own (lo, tunl0, sit0, ...), and the root's has bridges.
   */
  private static final int FIRST_INDEX = 10_000;

  private final Kernel kernel;
  private final String name;
  private final HostThread thread;
  private final HostNamespaces namespaces;
  private final NetlinkSocket network;
  private final PackageSource packages;
  private final PrivateTree tree;
  private @Nullable Init init;

  private HostBuilder(
      Kernel kernel,
      String name,
      HostThread thread,
      HostNamespaces namespaces,
      NetlinkSocket network,
      PackageSource packages,
      Path store) {
    this.kernel = kernel;
    this.name = name;
    this.thread = thread;
    this.namespaces = namespaces;
    this.network = network;
    this.packages = packages;
    this.tree = new PrivateTree(kernel, store);
  }

  /**
   * Makes the namespaces of a host.
   *
   * @param store where its files will lie, in the lab's memory
   * @param base the mount namespace that it starts from
   * @param packages where its packages come from
   */
  static HostBuilder make(
      Kernel kernel, String name, Path store, Descriptor base, PackageSource packages)
      throws IOException {
    HostThread thread = HostThread.outside("warren-build-" + name);
    List<AutoCloseable> made = new ArrayList<>(List.of(thread));
    HostBuilder[] builder = new HostBuilder[1];
    try {
      thread.run(
          () -> {
            Namespaces entry = new Namespaces(kernel);
            entry.enter(base, NamespaceKind.MOUNT);
            HostNamespaces namespaces = HostNamespaces.unshare(kernel);
            made.add(namespaces);
            new Mounts(kernel).makePrivate();
            entry.hostname(name);
            NetlinkSocket network = NetlinkSocket.open(kernel);
            builder[0] =
                new HostBuilder(kernel, name, thread, namespaces, network, packages, store);
          });
      return builder[0];
    } catch (IOException failure) {
      Undo.all(made);
      throw failure;
    }
  }

  void startInit() throws IOException {
    init = Init.start(kernel, namespaces, name);
  }

  void loopbackUp() throws KernelException {
    network.execute(List.of(SetLink.of("lo", LOOPBACK_INDEX).up()));
  }

  void carryOut(FileOperation operation) throws IOException {
    switch (operation) {
      case FileOperation.LayPackages lay -> layPackages(lay);
      case FileOperation.MountEtc etc -> mountEtc(etc);
      case FileOperation.MakeRoom room ->
          thread.run(() -> tree.makeRoom(room.directories(), room.folders()));
      case FileOperation.MountPrivate one ->
          thread.run(() -> tree.mountPrivate(one.target(), one.mode()));
      case FileOperation.Share share ->
          thread.run(
              () ->
                  tree.share(share.source(), share.directory(), share.target(), share.readOnly()));
      case FileOperation.FinishMounts finish ->
          thread.run(
              () -> {
                tree.mountSys();
                tree.hideStore(finish.store());
              });
      case FileOperation.WriteFile write -> thread.run(() -> PrivateTree.write(write.file()));
    }
  }

  private void layPackages(FileOperation.LayPackages lay) throws IOException {
    // Out here: the host has no way to an archive.
    List<Path> layer = PackageLayer.folder("usr", lay.packages(), packages);
    if (!layer.isEmpty()) {
      thread.run(() -> tree.layOverUsr(layer.getFirst(), lay.labLayers()));
    }
  }

  private void mountEtc(FileOperation.MountEtc etc) throws IOException {
    List<Path> layers =
        new ArrayList<>(
            PackageLayer.folder("etc", etc.description().fileSystem().packages(), packages));
    layers.addAll(etc.layers());
    Map<String, String> files = EtcFiles.of(etc.description(), etc.addresses(), Path.of("/etc"));
    thread.run(() -> tree.mountEtc(files, layers));
  }

  void createNetwork(NetworkOperation.CreateNetwork create) throws KernelException {
    String bridge = create.network().name();
    List<Request> requests = new ArrayList<>();
    requests.add(new CreateBridge(bridge, create.index()));
    create
        .addresses()
        .forEach(
            (address, prefix) ->
                requests.add(new AddressRequest.Add(bridge, create.index(), address, prefix)));
    network.execute(requests);
  }

  /** Lays a cable to a bridge of the root: one batch makes it there, one sets our end up. */
  void connect(NetworkOperation.Connect connect, HostBuilder root) throws KernelException {
    String inner = "veth" + connect.number();
    int index = FIRST_INDEX + connect.number();
    root.network.execute(
        List.of(
            new CreateCable(
                inner + "-br",
                index,
                connect.bridge(),
                new CreateCable.Peer(inner, index, namespaces.network()))));
    List<Request> requests = new ArrayList<>();
    connect
        .addresses()
        .forEach(
            (address, prefix) ->
                requests.add(new AddressRequest.Add(inner, index, address, prefix)));
    requests.add(SetLink.of(inner, index).up());
    network.execute(requests);
  }

  /** Opens the DNS service's sockets inside: they stay the host's, whichever thread reads them. */
  void serveDns(InetAddress address, DnsService dns) throws IOException {
    InetSocketAddress here = new InetSocketAddress(address, DNS_PORT);
    thread.run(
        () -> {
          DatagramChannel udp = DatagramChannel.open();
          try {
            udp.bind(here);
            ServerSocketChannel tcp = ServerSocketChannel.open();
            try {
              tcp.bind(here);
              dns.listen(udp, tcp);
            } catch (IOException | RuntimeException failure) {
              tcp.close();
              throw failure;
            }
          } catch (IOException | RuntimeException failure) {
            udp.close();
            throw failure;
          }
        });
  }

  /** The host as it runs from now on. */
  Machine finish() {
    if (init == null) {
      throw new IllegalStateException("the plan does not start the init of host " + name);
    }
    network.close();
    thread.close();
    return new Machine(name, namespaces, init, kernel);
  }

  /** Takes away what was made so far. */
  void undo() {
    if (init != null) {
      init.close();
    }
    network.close();
    thread.close();
    namespaces.close();
  }
}
