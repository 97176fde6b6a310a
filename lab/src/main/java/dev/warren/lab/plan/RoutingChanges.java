package dev.warren.lab.plan;

import dev.warren.lab.host.HostNamespaces;
import dev.warren.lab.host.HostThread;
import dev.warren.lab.routing.PacketFilter;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.netlink.NetlinkSocket;
import dev.warren.linux.netlink.Request;
import dev.warren.linux.netlink.Route;
import dev.warren.linux.netlink.RouteRequest;
import dev.warren.linux.netlink.SetLink;
import dev.warren.linux.nftables.NftablesSocket;
import dev.warren.linux.nftables.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries out {@link RoutingOperation}s in one host.
 *
 * @param network the way into the host's network
 */
record RoutingChanges(
    Kernel kernel, String host, HostNamespaces namespaces, NetlinkSocket network) {
  private static final Path SYSCTL = Path.of("/proc/sys/net");

  Undo carryOut(RoutingOperation operation) throws IOException {
    return switch (operation) {
      case RoutingOperation.SetRoutes routes -> {
        Undo undo = () -> routes(routes.added(), routes.away());
        whole(() -> routes(routes.away(), routes.added()), undo);
        yield undo;
      }
      case RoutingOperation.Forward forward -> {
        Undo undo = () -> forward(forward.devices(), !forward.on());
        whole(() -> forward(forward.devices(), forward.on()), undo);
        yield undo;
      }
      case RoutingOperation.Filter filter -> {
        filter(filter.table());
        yield () -> filter(filter.before());
      }
    };
  }

  /** A new route may take the place of an old one, and an old one may have gone already. */
  private void routes(List<Route> away, List<Route> added) throws KernelException {
    for (Route route : away) {
      try {
        network.execute(List.of(new RouteRequest.Delete(route)));
      } catch (KernelException failure) {
        if (!failure.is(Errno.ESRCH)) {
          throw failure;
        }
      }
    }
    if (!added.isEmpty()) {
      network.execute(added.stream().map(RouteRequest.Replace::new).toList());
    }
  }

  /**
   * IPv4 by rtnetlink, device by device, which is enough; so a /proc that cannot be written matters
   * for IPv6 alone, which has no other way.
   */
  private void forward(List<String> devices, boolean on) throws IOException {
    List<Request> requests = new ArrayList<>();
    devices.forEach(device -> requests.add(SetLink.named(device).forwarding(on)));
    if (!requests.isEmpty()) {
      network.execute(requests);
    }
    String value = on ? "1" : "0";
    try (HostThread thread = HostThread.outside("warren-forward-" + host)) {
      thread.run(
          () -> {
            // With the machine's /proc: the host's is read-only as long as no init runs there.
            namespaces.enterNetwork(kernel);
            Path ipv6 = SYSCTL.resolve("ipv6/conf/all/forwarding");
            if (Files.exists(ipv6)) {
              write(ipv6, value);
            }
            try {
              write(SYSCTL.resolve("ipv4/ip_forward"), value);
            } catch (IOException readOnly) {
              // Its devices forward all the same.
            }
          });
    }
  }

  private static void write(Path file, String value) throws IOException {
    try {
      Files.writeString(file, value);
    } catch (IOException refused) {
      throw new IOException(
          "write "
              + file
              + ": "
              + refused.getMessage()
              + ": IPv6 packets are passed on only where /proc/sys can be written: run outside this"
              + " container, or give it a writable /proc/sys (docker: --security-opt"
              + " systempaths=unconfined)",
          refused);
    }
  }

  private void filter(Optional<Table> table) throws IOException {
    try (HostThread thread = HostThread.outside("warren-filter-" + host)) {
      thread.run(
          () -> {
            namespaces.enterNetwork(kernel);
            try (NftablesSocket socket = NftablesSocket.open(kernel)) {
              if (table.isPresent()) {
                socket.replace(table.get());
              } else {
                socket.delete(PacketFilter.FAMILY, PacketFilter.TABLE);
              }
            }
          });
    }
  }

  /** Does something as a whole: where it fails, what it did so far is taken back. */
  private static void whole(Undo action, Undo undo) throws IOException {
    try {
      action.undo();
    } catch (IOException failure) {
      Undo.all(List.of(undo), failure);
      throw failure;
    }
  }
}
