package dev.warren.lab.plan;

import dev.warren.lab.cgroup.Cgroup;
import dev.warren.lab.description.HostIsolation;
import dev.warren.lab.description.HostLimits;
import dev.warren.lab.dns.DnsService;
import dev.warren.lab.host.CgroupNamespace;
import dev.warren.lab.host.Enclosure;
import dev.warren.lab.host.HostIds;
import dev.warren.lab.host.HostNamespaces;
import dev.warren.lab.host.HostThread;
import dev.warren.lab.host.Init;
import dev.warren.lab.host.NamespaceMachine;
import dev.warren.lab.host.PrivateTree;
import dev.warren.lab.software.PackageSource;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.mount.Mounts;
import dev.warren.linux.namespace.Namespaces;
import dev.warren.linux.netlink.NetlinkSocket;
import dev.warren.linux.packet.PacketOptions;
import dev.warren.linux.packet.PacketSocket;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A host of a lab as its executor holds it, from the first step that makes it to its end: its
 * namespaces, a socket to its network, what it has of files, its init.
 */
final class LiveHost implements AutoCloseable {
  private static final int DNS_PORT = 53;

  /** A second of some Gbit/s may wait for a capture to write it. */
  private static final int CAPTURE_BUFFER = 64 << 20;

  private final Kernel kernel;
  private final String name;
  private final HostIsolation isolation;
  private final Base base;
  private final HostNamespaces namespaces;
  private final NetlinkSocket network;
  private final HostLinks links;
  private final FileWork files;
  private final List<Closeable> dnsListeners = new ArrayList<>();
  private boolean ran;
  private volatile boolean gone;
  private @Nullable HostThread thread;
  private boolean isThreadLent;
  private boolean wantsShell;
  private Init.@Nullable Born born;
  private @Nullable Init init;
  private @Nullable Cgroup cgroup;

  private LiveHost(
      Kernel kernel,
      HostOperation.MakeHost make,
      Base base,
      HostThread thread,
      HostNamespaces namespaces,
      NetlinkSocket network,
      FileWork files) {
    this.kernel = kernel;
    this.name = make.host();
    this.isolation = make.isolation();
    this.base = base;
    this.thread = thread;
    this.isThreadLent = !isolation.user();
    this.namespaces = namespaces;
    this.network = network;
    this.links = new HostLinks(kernel, name, namespaces, network);
    this.files = files;
  }

  /** How a host that is going to be made gets its files. */
  static FileWork files(
      Kernel kernel, HostOperation.MakeHost make, Base base, PackageSource packages)
      throws IOException {
    HostIds ids = make.isolation().user() ? HostIds.of(make.isolation()) : base.ids();
    PrivateTree tree = new PrivateTree(kernel, base.folder(make.host()), ids);
    return new FileWork(tree, base, packages);
  }

  /**
   * Makes the namespaces of a host.
   *
   * @param make what they are
   * @param base the mount namespace that it starts from
   * @param files how it gets its files
   * @param thread is taken inside; it is lent until this is {@link #settle settled}, but for a host
   *     with a user namespace of its own, which keeps it
   */
  static LiveHost make(
      Kernel kernel, HostOperation.MakeHost make, Base base, FileWork files, HostThread thread)
      throws IOException {
    String name = make.host();
    Optional<Enclosure> enclosure =
        make.isolation().user()
            ? Optional.of(Enclosure.make(kernel, HostIds.of(make.isolation()), base.namespace()))
            : Optional.empty();
    HostNamespaces[] namespaces = new HostNamespaces[1];
    LiveHost[] host = new LiveHost[1];
    try {
      thread.run(
          () -> {
            try (Descriptor memory = base.enter()) {
              namespaces[0] =
                  enclosure.isPresent()
                      ? HostNamespaces.enter(kernel, enclosure.get(), base.proc())
                      : HostNamespaces.unshare(kernel, base.ids(), base.proc());
              new Mounts(kernel).makePrivate();
              base.showStore(memory, name);
            }
            new Namespaces(kernel).hostname(name);
            NetlinkSocket network = NetlinkSocket.open(kernel);
            host[0] = new LiveHost(kernel, make, base, thread, namespaces[0], network, files);
          });
      return host[0];
    } catch (IOException | RuntimeException failure) {
      if (namespaces[0] != null) {
        namespaces[0].close();
      }
      enclosure.ifPresent(Enclosure::close);
      throw failure;
    }
  }

  /** Does something on a thread inside, which stays for what else the change brings. */
  void inside(HostThread.Action action) throws IOException {
    insider().run(action);
  }

  /** Sees that there is a thread inside. */
  void enter() throws IOException {
    var _ = insider();
  }

  private synchronized HostThread insider() throws IOException {
    HostThread present = thread;
    if (present == null) {
      present = HostThread.inside("warren-change-" + name, namespaces, kernel);
      thread = present;
    }
    return present;
  }

  /** Ends the thread inside: the change is over. */
  synchronized void settle() {
    if (thread != null) {
      if (!isThreadLent) {
        thread.close();
      }
      thread = null;
      isThreadLent = false;
    }
  }

  /** What it has of the network. */
  HostLinks links() {
    return links;
  }

  /**
   * Opens a socket that sees all frames of one of its interfaces, both ways.
   *
   * @throws IOException when there is no such interface
   */
  PacketSocket watch(String device) throws IOException {
    int index =
        links
            .indexOf(device)
            .orElseThrow(() -> new IOException("host " + name + " has no interface " + device));
    PacketSocket[] socket = new PacketSocket[1];
    inside(
        () -> socket[0] = PacketSocket.open(kernel, index, PacketOptions.watching(CAPTURE_BUFFER)));
    return socket[0];
  }

  /** The host as others use it; nothing before its init runs. */
  Optional<NamespaceMachine> machine() {
    return Optional.ofNullable(init)
        .map(
            one ->
                new NamespaceMachine(name, namespaces, one, Optional.ofNullable(cgroup), kernel));
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
    Optional<Cgroup> limits = Optional.ofNullable(cgroup);
    if (isolation.cgroup()) {
      CgroupNamespace.add(kernel, namespaces, base.namespace(), limits);
    }
    Optional<Enclosure> enclosure = namespaces.enclosure();
    try {
      init =
          enclosure.isPresent()
              ? Init.start(kernel, namespaces, enclosure.get(), name, limits, ran)
              : startInit(limits);
    } finally {
      // It is good for no more; with an enclosure, it is where the host's files were made.
      settle();
    }
    Init started = init;
    ran = true;
    return () -> {
      init = null;
      started.close();
    };
  }

  private Init startInit(Optional<Cgroup> limits) throws IOException {
    if (limits.isEmpty() && born == null) {
      inside(this::bear);
    }
    Init.Born child = born;
    born = null;
    if (child != null) {
      return child.adopt(kernel, name);
    }
    if (wantsShell) {
      settle(); // its children are born into the namespace of the one that was refused
    }
    return insider().get(() -> Init.spawn(kernel, limits, Optional.empty())).adopt(kernel, name);
  }

  /**
   * Begins to start the init of a host without limits, on a thread inside that is good for nothing
   * else afterwards; {@link #startInit} goes on, or does it by a shell.
   */
  void bear() throws IOException {
    // A host that ran has the /proc of the init that is gone.
    if (born != null || ran || wantsShell || base.initProgram().isEmpty()) {
      return;
    }
    try {
      born = Init.spawn(kernel, Optional.empty(), base.initProgram());
    } catch (KernelException refused) {
      if (!Init.wantsShell(refused)) {
        throw refused;
      }
      wantsShell = true;
    }
  }

  /** Prepares a step with its files: what it takes of the machine is looked up now. */
  Step prepare(FileOperation operation) throws IOException {
    if (operation instanceof FileOperation.Rename rename) {
      return () -> FileWork.rename(rename, this::inside);
    }
    HostThread.Action work = files.prepare(operation);
    return () -> {
      inside(work);
      return Undo.NOTHING;
    };
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

  /** Begins its end, and waits for nothing. */
  void tellEnd() {
    if (init != null) {
      init.tellEnd();
    }
  }

  /** Whether it was ended. */
  boolean isGone() {
    return gone;
  }

  /** Ends it with everything in it. */
  @Override
  public void close() {
    gone = true;
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
    if (born != null) {
      born.close(kernel);
      born = null;
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
