package dev.warren.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warren.linux.OwnThread;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.FailingKernel;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.kernel.SystemCall;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything happens in network namespaces that the tests make. */
class NetlinkSocketTest {
  private static final int LOOPBACK = 1;
  private final Kernel kernel = Kernel.real();
  private final Namespaces namespaces = new Namespaces(kernel);

  @Test
  void loopbackComesUpWhenAsked() throws Exception {
    inNewNetwork(
        () -> {
          execute(SetLink.of("lo", LOOPBACK).up());
          try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
              Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            assertThat(client.isConnected()).isTrue();
          }
          return null;
        });
  }

  @ParameterizedTest
  @CsvSource({"10.53.57.30, 24, 10.53.57.11", "fd00::5357:5f1e, 112, fd00::5357:5f0b"})
  void aCableCarriesConnectionsBetweenANamespaceAndTheBridge(
      String hostAddress, int prefix, String bridgeAddress) throws Exception {
    inNewNetwork(
        () -> {
          InetAddress outer = InetAddress.getByName(bridgeAddress);
          InetAddress inner = InetAddress.getByName(hostAddress);
          Descriptor host = newNetwork();
          execute(
              new CreateBridge("selftest0", 100),
              new AddressRequest.Add("selftest0", 100, outer, prefix),
              new CreateCable(
                  "veth30-br", 130, 100, new CreateCable.Peer("veth30", 30, host.number())));
          ServerSocket server =
              OwnThread.call(
                  () -> {
                    namespaces.enter(host, NamespaceKind.NET);
                    execute(
                        SetLink.of("lo", LOOPBACK).up(),
                        new AddressRequest.Add("veth30", 30, inner, prefix),
                        SetLink.of("veth30", 30).up());
                    return new ServerSocket(0, 1, inner);
                  });
          try (host;
              server;
              Socket client = new Socket()) {
            client.connect(new InetSocketAddress(inner, server.getLocalPort()), 5000);
            assertThat(client.getInetAddress()).isEqualTo(inner);
          }
          return null;
        });
  }

  @Test
  void anInterfaceReachesItsBroadcastAddress() throws Exception {
    inNewNetwork(
        () -> {
          execute(
              new CreateBridge("b", 100),
              new AddressRequest.Add("b", 100, InetAddress.getByName("10.9.0.1"), 20));
          try (DatagramSocket socket = new DatagramSocket()) {
            socket.setBroadcast(true);
            socket.send(
                new java.net.DatagramPacket(
                    new byte[1], 1, InetAddress.getByName("10.9.15.255"), 9));
          }
          return null;
        });
  }

  @Test
  void aRefusedRequestIsNamedAndTheRestIsDone() throws Exception {
    inNewNetwork(
        () -> {
          assertThatExceptionOfType(KernelException.class)
              .isThrownBy(
                  () ->
                      execute(
                          new CreateBridge("twice", 100),
                          new CreateBridge("twice", 101),
                          SetLink.of("lo", LOOPBACK).up()))
              .withMessageStartingWith("create bridge twice: EEXIST (File exists)");
          execute(new LinkRequest.Delete("twice", 100));
          return null;
        });
  }

  @Test
  void theKernelsOwnWordsArePartOfTheError() throws Exception {
    inNewNetwork(
        () -> {
          InetAddress unreachable = InetAddress.getByName("192.0.2.1");
          assertThatExceptionOfType(KernelException.class)
              .isThrownBy(() -> execute(RouteRequest.Add.byDefault(unreachable)))
              .withMessageContaining("add route default via 192.0.2.1: ENETUNREACH")
              .withMessageContaining("Nexthop has invalid gateway");
          return null;
        });
  }

  @Test
  void aRouteLeadsBeyondTheOwnNetwork() throws Exception {
    inNewNetwork(
        () -> {
          execute(
              new CreateBridge("b", 100),
              new AddressRequest.Add("b", 100, InetAddress.getByName("10.9.0.1"), 24),
              RouteRequest.Add.byDefault(InetAddress.getByName("10.9.0.254")));
          try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(InetAddress.getByName("192.0.2.7"), 9);
            assertThat(socket.getLocalAddress()).isEqualTo(InetAddress.getByName("10.9.0.1"));
          }
          return null;
        });
  }

  @Test
  void hundredsOfRequestsGoInBatches() throws Exception {
    inNewNetwork(
        () -> {
          List<Request> requests = new ArrayList<>();
          requests.add(new CreateBridge("b", 100));
          for (int i : IntStream.rangeClosed(1, 500).toArray()) {
            byte[] address = {10, 9, (byte) (i / 250), (byte) (i % 250 + 1)};
            requests.add(new AddressRequest.Add("b", 100, InetAddress.getByAddress(address), 16));
          }
          try (NetlinkSocket socket = NetlinkSocket.open(kernel)) {
            socket.execute(requests);
            assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> socket.execute(List.of(requests.getLast())))
                .satisfies(failure -> assertThat(failure.is(Errno.EEXIST)).isTrue());
          }
          return null;
        });
  }

  @Test
  void aListThatWasNotReadIsNotInTheWayOfTheNext() throws Exception {
    inNewNetwork(
        () -> {
          FailingKernel failing =
              new FailingKernel(kernel, SystemCall.RECVFROM::equals, 1, Errno.ENOMEM);
          try (NetlinkSocket socket = NetlinkSocket.open(failing)) {
            assertThatExceptionOfType(KernelException.class)
                .isThrownBy(socket::links)
                .withMessage("recvfrom netlink: list interfaces: ENOMEM (Cannot allocate memory)");
            assertThat(socket.links()).extracting(LinkState::name).contains("lo");
          }
          return null;
        });
  }

  private void execute(Request... requests) throws KernelException {
    try (NetlinkSocket socket = NetlinkSocket.open(kernel)) {
      socket.execute(List.of(requests));
    }
  }

  private Descriptor newNetwork() throws Exception {
    return OwnThread.call(
        () -> {
          namespaces.unshare(EnumSet.of(NamespaceKind.NET));
          return namespaces.own(NamespaceKind.NET);
        });
  }

  private void inNewNetwork(Callable<?> body) throws Exception {
    var _ =
        OwnThread.call(
            () -> {
              namespaces.unshare(EnumSet.of(NamespaceKind.NET));
              body.call();
              return true;
            });
  }
}
