package dev.warren.lab.plan;

import dev.warren.lab.description.NetworkDescription;
import dev.warren.lab.host.HostNamespaces;
import dev.warren.lab.host.HostThread;
import dev.warren.lab.wire.Cable;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.netlink.AddressRequest;
import dev.warren.linux.netlink.BridgeOptions;
import dev.warren.linux.netlink.CreateBridge;
import dev.warren.linux.netlink.CreateCable;
import dev.warren.linux.netlink.LinkRequest;
import dev.warren.linux.netlink.LinkState;
import dev.warren.linux.netlink.MacAddress;
import dev.warren.linux.netlink.NetlinkSocket;
import dev.warren.linux.netlink.Request;
import dev.warren.linux.netlink.SetLink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a host that is made or changed has of the network: its bridges, its ends of cables, its
 * routes.
 */
final class HostLinks {
  private static final int LOOPBACK_INDEX = 1;

  /**
   * Interface indices begin here, at both ends of a cable: a new network namespace may hold
   * interfaces of the kernel's own (lo, tunl0, sit0, ...), and the root's has bridges.
   */
  private static final int FIRST_INDEX = 10_000;

  private final Kernel kernel;
  private final String name;
  private final HostNamespaces namespaces;
  private final NetlinkSocket network;

  /**
   * The links of a host.
   *
   * @param network a socket to its network, which others use too
   */
  HostLinks(Kernel kernel, String name, HostNamespaces namespaces, NetlinkSocket network) {
    this.kernel = kernel;
    this.name = name;
    this.namespaces = namespaces;
    this.network = network;
  }

  /** The name of the bridge's end of a cable. */
  static String onBridge(int number) {
    return "veth" + number + "-br";
  }

  /** The index of both ends of a cable. */
  static int index(int number) {
    return FIRST_INDEX + number;
  }

  /** The way into the host's network; for the thread that carries out a change. */
  NetlinkSocket network() {
    return network;
  }

  /** The index of one of its interfaces. */
  OptionalInt indexOf(String device) throws IOException {
    return network.links().stream()
        .filter(link -> link.name().equals(device))
        .mapToInt(LinkState::index)
        .findFirst();
  }

  Undo loopbackUp() throws KernelException {
    network.execute(List.of(SetLink.of("lo", LOOPBACK_INDEX).up()));
    return Undo.NOTHING;
  }

  Undo createNetwork(NetworkOperation.CreateNetwork create, Captures captures) throws IOException {
    NetworkDescription description = create.network();
    String bridge = description.name();
    int index = create.index();
    BridgeOptions options =
        new BridgeOptions(description.settings().mtu(), description.settings().cable());
    List<Request> requests = new ArrayList<>();
    requests.add(new CreateBridge(bridge, index, options));
    // It came up when it was made: its link-local address is to go, or to be another.
    SetLink down = SetLink.of(bridge, index).down();
    requests.add(down.withoutLinkLocal(description.settings().mtu()));
    if (description.hasIpv6()) {
      requests.add(LinkLocal.add(bridge, index, MacAddress.random()));
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
  Undo connect(NetworkOperation.Connect connect, HostLinks root, Captures captures)
      throws IOException {
    NetworkOperation.Fittings fittings = connect.fittings();
    String port = onBridge(connect.number());
    String inner = fittings.name();
    int index = index(connect.number());
    List<Request> ours = new ArrayList<>();
    SetLink settings = SetLink.of(inner, index).forwarding(fittings.forwards());
    ours.add(fittings.linkLocal() ? settings : settings.withoutLinkLocal(fittings.mtu()));
    MacAddress mac = fittings.mac().orElseGet(MacAddress::random);
    if (fittings.linkLocal()) {
      ours.add(LinkLocal.add(inner, index, mac));
    }
    connect
        .addresses()
        .forEach(
            (address, prefix) -> ours.add(new AddressRequest.Add(inner, index, address, prefix)));
    ours.add(SetLink.of(inner, index).up());
    CreateCable.Peer peer =
        new CreateCable.Peer(inner, index, namespaces.network(), Optional.of(mac), fittings.mtu());
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
  Cable cable(int number, HostLinks root) {
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
}
