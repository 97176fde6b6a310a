package dev.warren.linux.nftables;

import dev.warren.linux.OwnNetwork;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.netlink.AddressRequest;
import dev.warren.linux.netlink.CreateBridge;
import dev.warren.linux.netlink.CreateCable;
import dev.warren.linux.netlink.NetlinkSocket;
import dev.warren.linux.netlink.RouteRequest;
import dev.warren.linux.netlink.SetLink;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;

/**
 * Network namespaces of a test's own.
 *
 * <pre>
 *   left ----- router ----- right
 *   10.1.0.2    10.1.0.1, 10.2.0.1    10.2.0.2      fd01::2 ... in the same way
 * </pre>
 */
final class ThreeMachines implements AutoCloseable {
  static final String LEFT = "10.1.0.2";
  static final String RIGHT = "10.2.0.2";
  private static final int SOON = 500;
  private static final int LONG = 10_000;

  final Descriptor left = OwnNetwork.make();
  final Descriptor router = OwnNetwork.make();
  final Descriptor right = OwnNetwork.make();
  final NftablesSocket nftables = OwnNetwork.in(router, () -> NftablesSocket.open(Kernel.real()));

  ThreeMachines() throws Exception {
    connect("left0", 1, left);
    connect("right0", 2, right);
    warmUp();
  }

  private void connect(String bridge, int number, Descriptor machine) throws Exception {
    try (NetlinkSocket here = OwnNetwork.in(router, () -> NetlinkSocket.open(Kernel.real()));
        NetlinkSocket there = OwnNetwork.in(machine, () -> NetlinkSocket.open(Kernel.real()))) {
      here.execute(
          List.of(
              new CreateBridge(bridge, 100 + number),
              new AddressRequest.Add(bridge, 100 + number, address("10.%d.0.1", number), 24),
              new AddressRequest.Add(bridge, 100 + number, address("fd0%d::1", number), 64),
              SetLink.of(bridge, 100 + number).forwarding(true),
              new CreateCable(
                  "port" + number,
                  200 + number,
                  100 + number,
                  new CreateCable.Peer("eth0", 300, machine.number()))));
      there.execute(
          List.of(
              new AddressRequest.Add("eth0", 300, address("10.%d.0.2", number), 24),
              new AddressRequest.Add("eth0", 300, address("fd0%d::2", number), 64),
              SetLink.of("eth0", 300).up(),
              RouteRequest.Add.byDefault(address("10.%d.0.1", number)),
              RouteRequest.Add.byDefault(address("fd0%d::1", number))));
    }
  }

  private static InetAddress address(String form, int number) {
    return InetAddress.ofLiteral(form.formatted(number));
  }

  /** A server in a machine, on any address and this port. */
  static ServerSocket server(Descriptor machine, int port) throws Exception {
    return OwnNetwork.in(machine, () -> new ServerSocket(port));
  }

  /** Connects, and says whom the server then sees, which is waited for. */
  static String seen(Descriptor from, String address, int port, ServerSocket server)
      throws Exception {
    return seen(from, address, port, server, LONG);
  }

  /** Connects, and says whom the server sees soon; empty text when nothing comes through. */
  static String seenSoon(Descriptor from, String address, int port, ServerSocket server)
      throws Exception {
    return seen(from, address, port, server, SOON);
  }

  private static String seen(
      Descriptor from, String address, int port, ServerSocket server, int wait) throws Exception {
    Socket client = OwnNetwork.in(from, ThreeMachines::unconnected);
    server.setSoTimeout(wait);
    Thread connecting =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    client.connect(new InetSocketAddress(address, port), LONG);
                  } catch (IOException closed) {
                    // The server's side is what is looked at.
                  }
                });
    try (Socket accepted = server.accept()) {
      return accepted.getInetAddress().getHostAddress();
    } catch (SocketTimeoutException nothing) {
      return "";
    } finally {
      client.close();
      connecting.join();
    }
  }

  /** Opened now, so that it stays in this thread's namespace. */
  private static Socket unconnected() throws IOException {
    Socket socket = new Socket();
    socket.bind(null);
    return socket;
  }

  /** Waits until datagrams go through: a cable is ready a little after it is laid. */
  private void warmUp() throws Exception {
    try (DatagramSocket in = OwnNetwork.in(right, () -> new DatagramSocket(4000));
        DatagramSocket out = OwnNetwork.in(left, () -> new DatagramSocket())) {
      in.setSoTimeout(20);
      for (int tries = 0; tries < 500; tries++) {
        out.send(new DatagramPacket(new byte[1], 1, new InetSocketAddress(RIGHT, 4000)));
        try {
          in.receive(new DatagramPacket(new byte[1], 1));
          return;
        } catch (SocketTimeoutException nothing) {
          // Not yet.
        }
      }
      throw new AssertionError("nothing goes from left to right");
    }
  }

  /** How many of so many datagrams arrive soon. */
  static int arriving(Descriptor from, Descriptor to, String address, int sent) throws Exception {
    try (DatagramSocket in = OwnNetwork.in(to, () -> new DatagramSocket(4000));
        DatagramSocket out = OwnNetwork.in(from, () -> new DatagramSocket())) {
      in.setSoTimeout(SOON);
      InetSocketAddress target = new InetSocketAddress(address, 4000);
      for (int i = 0; i < sent; i++) {
        out.send(new DatagramPacket(new byte[1], 1, target));
      }
      int arrived = 0;
      try {
        while (arrived < sent) {
          in.receive(new DatagramPacket(new byte[1], 1));
          arrived++;
        }
      } catch (SocketTimeoutException nothingMore) {
        // All are there that come.
      }
      return arrived;
    }
  }

  @Override
  public void close() {
    nftables.close();
    left.close();
    router.close();
    right.close();
  }
}
