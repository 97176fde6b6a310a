package dev.warren.lab.plan;

import dev.warren.lab.cgroup.Cgroup;
import dev.warren.lab.description.HostLimits;
import dev.warren.lab.description.NetworkDescription;
import dev.warren.lab.dns.DnsService;
import dev.warren.lab.host.HostNamespaces;
import dev.warren.lab.host.HostThread;
import dev.warren.lab.host.Init;
import dev.warren.lab.host.Machine;
import dev.warren.lab.host.PrivateTree;
import dev.warren.lab.software.PackageSource;
import dev.warren.lab.wire.Cable;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.mount.Mounts;
import dev.warren.linux.namespace.Namespaces;
import dev.warren.linux.netlink.AddressRequest;
import dev.warren.linux.netlink.BridgeOptions;
import dev.warren.linux.netlink.CreateBridge;
import dev.warren.linux.netlink.CreateCable;
import dev.warren.linux.netlink.LinkRequest;
import dev.warren.linux.netlink.LinkState;
import dev.warren.linux.netlink.NetlinkSocket;
import dev.warren.linux.netlink.Request;
import dev.warren.linux.netlink.SetLink;
import dev.warren.linux.packet.PacketOptions;
import dev.warren.linux.packet.PacketSocket;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A host of a lab as its executor holds it, from the first step that makes it to its end: its
 * namespaces, a socket to its network, what it has of files, its init.
 */
final class LiveHost implements AutoCloseable {
  private static final int LOOPBACK_INDEX = 1;
  private static final int DNS_PORT = 53;

  /**
   * Interface indices begin here, at both ends of a cable: a new network namespace may hold
   * interfaces of the kernel's own (lo, tunl0, sit0, ...), and the root's has bridges.
   */
  private static final int FIRST_INDEX = 10_000;

  /** A second of some Gbit/s may wait for a capture to write it. */
  private static final int CAPTURE_BUFFER = 64 << 20;

  private final Kernel kernel;
  private final String name;
  private final HostNamespaces namespaces;
  private final NetlinkSocket network;
  private final FileWork files;
  private final List<Closeable> dnsListeners = new ArrayList<>();
  private @Nullable HostThread thread;
  private @Nullable Init init;
  private @Nullable Cgroup cgroup;

  private LiveHost(
      Kernel kernel,
      String name,
      HostThread thread,
      HostNamespaces namespaces,
      NetlinkSocket network,
      PackageSource packages,
      Path folder) {
    this.kernel = kernel;
    this.name = name;
    this.thread = thread;
    this.namespaces = namespaces;
    this.network = network;
    this.files = new FileWork(new PrivateTree(kernel, folder), packages, this::inside);
  }

  /**
   * Makes the namespaces of a host.
   *
   * @param base the mount namespace that it starts from
   * @param packages where its packages come from
   */
  static LiveHost make(Kernel kernel, String name, Base base, PackageSource packages)
      throws IOException {
    HostThread thread = HostThread.outside("warren-build-" + name);
    HostNamespaces[] namespaces = new HostNamespaces[1];
    LiveHost[] host = new LiveHost[1];
    try {
      thread.run(
          () -> {
            base.enter();
            namespaces[0] = HostNamespaces.unshare(kernel);
            new Mounts(kernel).makePrivate();
            base.showStore();
            new Namespaces(kernel).hostname(name);
            NetlinkSocket network = NetlinkSocket.open(kernel);
            host[0] =
                new LiveHost(
                    kernel, name, thread, namespaces[0], network, packages, base.folder(name));
          });
      return host[0];
    } catch (IOException | RuntimeException failure) {
      thread.close();
      if (namespaces[0] != null) {
        namespaces[0].close();
      }
      throw failure;
    }
  }

  /** Does something on a thread inside, which stays for what else the change brings. */
  void inside(HostThread.Action action) throws IOException {
    HostThread present = thread;
    if (present == null) {
      present = HostThread.inside("warren-change-" + name, namespaces, kernel);
      thread = present;
    }
    present.run(action);
  }

  /** Ends the thread inside: the change is over. */
  void settle() {
    if (thread != null) {
      thread.close();
      thread = null;
    }
  }

  /** The way into its network; for the thread that carries out a change. */
  NetlinkSocket network() {
    return network;
  }

  /**
   * Opens a socket that sees all frames of one of its interfaces, both ways.
   *
   * @throws IOException when there is no such interface
   */
  PacketSocket watch(String device) throws IOException {
    int index =
        indexOf(device)
            .orElseThrow(() -> new IOException("host " + name + " has no interface " + device));
    PacketSocket[] socket = new PacketSocket[1];
    inside(
        () -> socket[0] = PacketSocket.open(kernel, index, PacketOptions.watching(CAPTURE_BUFFER)));
    return socket[0];
  }

  /** The index of one of its interfaces. */
  OptionalInt indexOf(String device) throws IOException {
    return network.links().stream()
        .filter(link -> link.name().equals(device))
        .mapToInt(LinkState::index)
        .findFirst();
  }

  /** The host as others use it; nothing before its init runs. */
  Optional<Machine> machine() {
    return Optional.ofNullable(init)
        .map(one -> new Machine(name, namespaces, one, Optional.ofNullable(cgroup), kernel));
  }

  /** The name of the bridge's end of a cable. */
  static String onBridge(int number) {
    return "veth" + number + "-br";
  }

  /** The index of both ends of a cable. */
  static int index(int number) {
    return FIRST_INDEX + number;
  }

  /** Ends all processes; a host that has none left is none that others can use. */
  void stopInit() {
    if (init != null) {
      init.close();
      init = null;
    }
  }

  /** Makes what limits it: for all processes from its init on. */
  Undo limit(HostLimits limits) throws IOException {
    Cgroup made = Cgroup.make(kernel, name, limits);
    cgroup = made;
    return () -> {
      cgroup = null;
      made.close();
    };
  }

  Undo startInit() throws IOException {
    Init started = Init.start(kernel, namespaces, name, Optional.ofNullable(cgroup));
    init = started;
    return () -> {
      init = null;
      started.close();
    };
  }

  Undo loopbackUp() throws KernelException {
    network.execute(List.of(SetLink.of("lo", LOOPBACK_INDEX).up()));
    return Undo.NOTHING;
  }

  /** Most files are made before a host runs, and are gone with it: nothing is to be taken back. */
  Undo carryOut(FileOperation operation) throws IOException {
    return files.carryOut(operation);
  }

  Undo createNetwork(NetworkOperation.CreateNetwork create, Captures captures) throws IOException {
    NetworkDescription description = create.network();
    String bridge = description.name();
    int index = create.index();
    BridgeOptions options =
        new BridgeOptions(description.settings().mtu(), description.settings().cable());
    List<Request> requests = new ArrayList<>();
    requests.add(new CreateBridge(bridge, index, options));
    if (!description.hasIpv6()) {
      // It has its link-local address since it came up.
      SetLink down = SetLink.of(bridge, index).down();
      requests.add(down.withoutLinkLocal(description.settings().mtu()));
    }
    requests.add(SetLink.of(bridge, index).forwarding(create.forwards()).up());
    create
        .addresses()
        .forEach(
            (address, prefix) ->
                requests.add(new AddressRequest.Add(bridge, index, address, prefix)));
    Undo undo = () -> remove(bridge, index);
    whole(
        () -> {
          network.execute(requests);
          captures.appeared(bridge, index);
        },
        undo);
    return undo;
  }

  /**
   * Lays a cable to a bridge of the root: one batch makes it there, one sets our end up.
   *
   * @param captures of the lab: a capture of a cable that was here before goes on with this one
   */
  Undo connect(NetworkOperation.Connect connect, LiveHost root, Captures captures)
      throws IOException {
    NetworkOperation.Fittings fittings = connect.fittings();
    String port = onBridge(connect.number());
    String inner = fittings.name();
    int index = index(connect.number());
    List<Request> ours = new ArrayList<>();
    SetLink settings = SetLink.of(inner, index).forwarding(fittings.forwards());
    ours.add(fittings.linkLocal() ? settings : settings.withoutLinkLocal(fittings.mtu()));
    connect
        .addresses()
        .forEach(
            (address, prefix) -> ours.add(new AddressRequest.Add(inner, index, address, prefix)));
    ours.add(SetLink.of(inner, index).up());
    CreateCable.Peer peer =
        new CreateCable.Peer(inner, index, namespaces.network(), fittings.mac(), fittings.mtu());
    List<Request> theirs = new ArrayList<>();
    theirs.add(new CreateCable(port, index, connect.bridge(), peer, fittings.portMtu()));
    // A port of a bridge has no need to speak for itself.
    theirs.add(SetLink.of(port, index).withoutLinkLocal(fittings.portMtu()));
    Undo undo = () -> root.remove(port, index);
    whole(
        () -> {
          root.network.execute(theirs);
          captures.appeared(port, index);
          network.execute(ours);
        },
        undo);
    return undo;
  }

  /** The cable of one of its interfaces. */
  Cable cable(int number, LiveHost root) {
    return new Cable(name, number, index(number), root.namespaces.network(), root.network, network);
  }

  Undo carryOut(RoutingOperation operation) throws IOException {
    return new RoutingChanges(kernel, name, namespaces, network).carryOut(operation);
  }

  /** Removes an interface that may not be there. */
  void remove(String device, int index) throws KernelException {
    try {
      network.execute(List.of(new LinkRequest.Delete(device, index)));
    } catch (KernelException failure) {
      if (!failure.is(Errno.ENODEV)) {
        throw failure;
      }
    }
  }

  /** Does something as a whole: where it fails, what it did so far is taken back. */
  private static void whole(HostThread.Action action, Undo undo) throws IOException {
    try {
      action.run();
    } catch (IOException failure) {
      Undo.all(List.of(undo), failure);
      throw failure;
    }
  }

  /** Opens the DNS service's sockets inside: they stay the host's, whichever thread reads them. */
  Undo serveDns(InetAddress address, DnsService dns) throws IOException {
    InetSocketAddress here = new InetSocketAddress(address, DNS_PORT);
    Closeable[] listener = new Closeable[1];
    inside(
        () -> {
          DatagramChannel udp = DatagramChannel.open();
          try {
            udp.bind(here);
            ServerSocketChannel tcp = ServerSocketChannel.open();
            try {
              tcp.bind(here);
              listener[0] = dns.listen(udp, tcp);
            } catch (IOException | RuntimeException failure) {
              tcp.close();
              throw failure;
            }
          } catch (IOException | RuntimeException failure) {
            udp.close();
            throw failure;
          }
        });
    dnsListeners.add(listener[0]);
    return () -> {
      dnsListeners.remove(listener[0]);
      listener[0].close();
    };
  }

  /** Ends it with everything in it. */
  @Override
  public void close() {
    for (Closeable listener : dnsListeners) {
      try {
        listener.close();
      } catch (IOException impossible) {
        throw new AssertionError("a listener is only told to end", impossible);
      }
    }
    dnsListeners.clear();
    if (init != null) {
      init.close();
    }
    if (cgroup != null) {
      cgroup.close();
      cgroup = null;
    }
    network.close();
    settle();
    namespaces.close();
  }
}
