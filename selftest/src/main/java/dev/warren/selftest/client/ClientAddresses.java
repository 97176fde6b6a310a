package dev.warren.selftest.client;

import dev.warren.lab.Host;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.netlink.AddressRequest;
import dev.warren.linux.netlink.AddressState;
import dev.warren.linux.netlink.LinkState;
import dev.warren.linux.netlink.NetlinkSocket;
import dev.warren.linux.netlink.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The addresses of the client's interfaces, so that they can be what they were. */
final class ClientAddresses implements AutoCloseable {
  private final NetlinkSocket socket;

  /** The interfaces' names by their indices. Others may come, with the hosts that a lab gets. */
  private final Map<Integer, String> names;

  private final Set<AddressState> addresses;

  private ClientAddresses(
      NetlinkSocket socket, Map<Integer, String> names, Set<AddressState> addresses) {
    this.socket = socket;
    this.names = names;
    this.addresses = addresses;
  }

  /** Looks at what they are now. */
  static ClientAddresses now(Host client) throws IOException {
    NetlinkSocket socket = client.call(() -> NetlinkSocket.open(Kernel.real()));
    boolean done = false;
    try {
      Map<Integer, String> names =
          socket.links().stream().collect(Collectors.toMap(LinkState::index, LinkState::name));
      Set<AddressState> addresses = new LinkedHashSet<>(socket.addresses());
      done = true;
      return new ClientAddresses(socket, names, addresses);
    } finally {
      if (!done) {
        socket.close();
      }
    }
  }

  /** Takes those away that have come since, and gives those back that went. */
  void restore() throws IOException {
    Set<AddressState> present = new LinkedHashSet<>(socket.addresses());
    if (present.equals(addresses)) {
      return;
    }
    List<Request> requests = new ArrayList<>();
    for (AddressState one : present) {
      String name = names.get(one.index());
      if (name != null && !addresses.contains(one)) {
        requests.add(new AddressRequest.Delete(name, one.index(), one.address(), one.prefix()));
      }
    }
    for (AddressState one : addresses) {
      String name = names.get(one.index());
      if (name != null && !present.contains(one)) {
        requests.add(new AddressRequest.Add(name, one.index(), one.address(), one.prefix()));
      }
    }
    socket.execute(requests);
  }

  @Override
  public void close() {
    socket.close();
  }
}
