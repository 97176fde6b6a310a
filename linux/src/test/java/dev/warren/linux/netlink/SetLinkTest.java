package dev.warren.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.warren.linux.OwnNetwork;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of a cable from a bridge to a host, and what the kernel says of them. */
class SetLinkTest {
  private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:1e");
  private Descriptor rootFile;
  private Descriptor hostFile;
  private NetlinkSocket root;
  private NetlinkSocket host;

  @BeforeEach
  void layCable() throws Exception {
    rootFile = OwnNetwork.make();
    hostFile = OwnNetwork.make();
    root = OwnNetwork.in(rootFile, () -> NetlinkSocket.open(Kernel.real()));
    host = OwnNetwork.in(hostFile, () -> NetlinkSocket.open(Kernel.real()));
    root.execute(
        List.of(
            new CreateBridge("lan", 100),
            new CreateCable(
                "veth30-br",
                130,
                100,
                new CreateCable.Peer(
                    "veth30", 30, hostFile.number(), Optional.of(MAC), OptionalInt.of(1400)),
                OptionalInt.of(1400))));
    host.execute(List.of(SetLink.of("veth30", 30).up()));
  }

  @AfterEach
  void close() {
    host.close();
    root.close();
    hostFile.close();
    rootFile.close();
  }

  private LinkState link(NetlinkSocket socket, String name) throws KernelException {
    return socket.links().stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void whatWasAskedForIsWhatTheKernelHas() throws Exception {
    assertThat(root.links())
        .extracting(LinkState::name, LinkState::index, LinkState::kind, LinkState::up)
        .contains(
            tuple("lan", 100, Optional.of("bridge"), true),
            tuple("veth30-br", 130, Optional.of("veth"), true));
    assertThat(link(root, "veth30-br"))
        .returns(OptionalInt.of(100), LinkState::master)
        .returns(OptionalInt.of(30), LinkState::peer)
        .returns(1400, LinkState::mtu)
        .returns(true, LinkState::carrier);
    assertThat(link(host, "veth30"))
        .returns(Optional.of(MAC), LinkState::mac)
        .returns(OptionalInt.empty(), LinkState::master)
        .returns(1400, LinkState::mtu);
  }

  @Test
  void aBridgeForwardsSoonAfterACableIsUp() throws Exception {
    await().until(() -> link(root, "veth30-br").forwarding());
    assertThat(link(host, "veth30").forwarding()).as("on no bridge").isFalse();
  }

  @Test
  void aCutCableHasNoCarrierUntilItIsMended() throws Exception {
    root.execute(List.of(SetLink.of("veth30-br", 130).down()));
    assertThat(link(host, "veth30").carrier()).isFalse();
    assertThat(link(host, "veth30").up()).isTrue();

    root.execute(List.of(SetLink.named("veth30-br").up()));
    assertThat(link(host, "veth30").carrier()).isTrue();
  }

  @Test
  void aPortLeavesItsBridgeAndComesBack() throws Exception {
    root.execute(List.of(SetLink.of("veth30-br", 130).noMaster()));
    assertThat(link(root, "veth30-br").master()).isEmpty();

    root.execute(List.of(SetLink.of("veth30-br", 130).master(100)));
    assertThat(link(root, "veth30-br").master()).hasValue(100);
  }

  @Test
  void nameAddressAndMtuChangeTogether() throws Exception {
    MacAddress other = MacAddress.parse("02:00:00:00:00:1f");
    host.execute(List.of(SetLink.of("veth30", 30).rename("eth0").mac(other).mtu(1300)));

    assertThat(link(host, "eth0"))
        .returns(30, LinkState::index)
        .returns(Optional.of(other), LinkState::mac)
        .returns(1300, LinkState::mtu);
  }

  @Test
  void anInterfaceMovesToAnotherNamespace() throws Exception {
    try (Descriptor third = OwnNetwork.make()) {
      host.execute(List.of(SetLink.of("veth30", 30).namespace(third.number())));

      assertThat(host.links()).extracting(LinkState::name).doesNotContain("veth30");
      try (NetlinkSocket there = OwnNetwork.in(third, () -> NetlinkSocket.open(Kernel.real()))) {
        assertThat(there.links()).extracting(LinkState::name).contains("veth30");
      }
    }
  }

  @Test
  void anInterfaceWithoutLinkLocalAddressHasNoIpv6OfItsOwn() throws Exception {
    host.execute(
        List.of(
            SetLink.of("veth30", 30).down(),
            SetLink.of("veth30", 30).linkLocal(false),
            SetLink.of("veth30", 30).up()));

    assertThat(host.addresses()).noneMatch(address -> address.index() == 30);
  }

  @Test
  void packetsAreForwardedWithoutProcSys() throws Exception {
    host.execute(List.of(SetLink.of("veth30", 30).forwarding(true)));

    String forwarding =
        OwnNetwork.in(
            hostFile,
            () -> Files.readString(Path.of("/proc/sys/net/ipv4/conf/veth30/forwarding")).strip());
    assertThat(forwarding).isEqualTo("1");
  }

  @Test
  void addressesAndRoutesAreListedAndRemoved() throws Exception {
    InetAddress own = InetAddress.getByName("10.9.0.1");
    InetAddress own6 = InetAddress.getByName("fd09::1");
    Route far =
        new Route(
            Optional.of(InetAddress.getByName("10.8.0.0")), 16, InetAddress.getByName("10.9.0.2"));
    Route byDefault = Route.byDefault(InetAddress.getByName("fd09::2"));
    host.execute(
        List.of(
            new AddressRequest.Add("veth30", 30, own, 24),
            new AddressRequest.Add("veth30", 30, own6, 64),
            new RouteRequest.Add(far),
            new RouteRequest.Add(byDefault)));

    assertThat(host.addresses())
        .contains(new AddressState(30, own, 24), new AddressState(30, own6, 64));
    assertThat(host.routes())
        .filteredOn(route -> route.gateway().isPresent())
        .extracting(RouteState::destination, RouteState::prefix, RouteState::gateway)
        .containsExactlyInAnyOrder(
            tuple(far.destination(), 16, Optional.of(far.gateway())),
            tuple(Optional.empty(), 0, Optional.of(byDefault.gateway())));

    host.execute(
        List.of(
            new RouteRequest.Delete(far),
            new RouteRequest.Delete(byDefault),
            new AddressRequest.Delete("veth30", 30, own, 24),
            new AddressRequest.Delete("veth30", 30, own6, 64)));

    assertThat(host.addresses()).doesNotContain(new AddressState(30, own, 24));
    assertThat(host.routes()).noneMatch(route -> route.gateway().isPresent());
  }

  @Test
  void aRouteTakesThePlaceOfTheOneThatWasThere() throws Exception {
    Route first = Route.byDefault(InetAddress.getByName("10.9.0.2"));
    Route second = Route.byDefault(InetAddress.getByName("10.9.0.3"));
    host.execute(
        List.of(
            new AddressRequest.Add("veth30", 30, InetAddress.getByName("10.9.0.1"), 24),
            new RouteRequest.Add(first),
            new RouteRequest.Replace(second)));

    assertThat(host.routes())
        .filteredOn(route -> route.gateway().isPresent())
        .extracting(RouteState::gateway)
        .containsExactly(Optional.of(second.gateway()));
  }

  @Test
  void whatGoesThroughIsCounted() throws Exception {
    host.execute(
        List.of(new AddressRequest.Add("veth30", 30, InetAddress.getByName("10.9.0.1"), 24)));
    LinkStatistics before = link(root, "veth30-br").statistics();

    var _ =
        OwnNetwork.in(
            hostFile,
            () -> {
              try (DatagramSocket socket = new DatagramSocket()) {
                socket.setBroadcast(true);
                socket.send(
                    new DatagramPacket(
                        new byte[1000], 1000, InetAddress.getByName("10.9.0.255"), 9));
              }
              return true;
            });

    LinkStatistics after = link(root, "veth30-br").statistics();
    assertThat(after.receivedPackets()).isGreaterThan(before.receivedPackets());
    assertThat(after.receivedBytes() - before.receivedBytes()).isGreaterThanOrEqualTo(1000);
  }

  @Test
  void aBridgeThatIsMereWireSaysSo() throws Exception {
    root.execute(
        List.of(new CreateBridge("wire", 200, BridgeOptions.DEFAULT.asRepeater().withMtu(1280))));

    assertThat(link(root, "wire").mtu()).isEqualTo(1280);
  }

  @Test
  void anInterfaceThatIsNotThereIsNamed() {
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> root.execute(List.of(SetLink.named("nothing").mtu(1300).down())))
        .withMessageStartingWith("set nothing mtu 1300, down: ENODEV");
  }
}
