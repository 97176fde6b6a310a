package dev.warren.lab;

import static dev.warren.lab.LabFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.lab.description.InterfaceAddress;
import dev.warren.linux.netlink.MacAddress;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The network interfaces of a host as the kernel has them. */
@Timeout(60)
class HostInterfaceTest {
  @TempDir Path state;
  private Lab lab;
  private Host a;

  @BeforeEach
  void start() throws IOException {
    lab = Lab.start(LabFixture.TWO_HOSTS, LabSettings.in(state));
    a = lab.host("a");
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @Test
  void anInterfaceIsWhatTheDescriptionSays() throws Exception {
    HostInterface link = one(a, "veth30");

    assertThat(link.number()).isEqualTo(OptionalInt.of(30));
    assertThat(link.network()).hasValue("lan");
    assertThat(link.mtu()).isEqualTo(1500);
    assertThat(link.addresses())
        .contains(
            InterfaceAddress.parse("10.53.57.30/24"),
            InterfaceAddress.parse("fd00::5357:5f1e/112"));
    assertThat(link.up()).isTrue();
    assertThat(link.carrier()).isTrue();
    assertThat(link.mac().map(MacAddress::toString))
        .hasValue(ask(a, "cat /sys/class/net/veth30/address"));
  }

  @Test
  void loopbackIsThereAndOfNoNetwork() throws Exception {
    HostInterface lo = one(a, "lo");

    assertThat(lo.network()).isEmpty();
    assertThat(lo.number()).isEmpty();
    assertThat(lo.addresses()).contains(InterfaceAddress.parse("127.0.0.1/8"));
  }

  @Test
  void theRootsInterfacesAreTheBridges() throws Exception {
    HostInterface bridge = one(lab.root(), "lan");

    assertThat(bridge.network()).hasValue("lan");
    assertThat(bridge.number()).isEqualTo(OptionalInt.of(11));
    assertThat(bridge.addresses()).contains(InterfaceAddress.parse("10.53.57.11/24"));
  }

  @Test
  void aLinkThatIsCutHasNoCarrier() throws Exception {
    a.link("lan").cut();

    await().untilAsserted(() -> assertThat(one(a, "veth30").carrier()).isFalse());
    assertThat(one(a, "veth30").up()).isTrue();
  }

  @Test
  void trafficIsCounted() throws Exception {
    long before = one(a, "veth30").traffic().receivedBytes();
    assertThat(Contact.reaches(lab.host("b"), a, "10.53.57.30")).isTrue();

    assertThat(one(a, "veth30").traffic().receivedBytes()).isGreaterThan(before);
  }

  /** The JDK reads IPv6 addresses from /proc/net, which is of the process's first thread. */
  @Test
  void javasOwnInterfacesInAHostAreTheHostsWithoutIpv6() throws Exception {
    List<InetAddress> addresses =
        a.call(
            () -> {
              NetworkInterface link =
                  Optional.ofNullable(NetworkInterface.getByName("veth30")).orElseThrow();
              return link.inetAddresses().toList();
            });

    assertThat(addresses).singleElement().isInstanceOf(Inet4Address.class);
    assertThat(addresses.getFirst().getHostAddress()).isEqualTo("10.53.57.30");
  }

  /** What matters most: a socket for an IPv6 address of the host needs no such list. */
  @Test
  void ipv6SocketsWorkWhereJavasOwnInterfacesHaveNone() throws Exception {
    try (ServerSocket server =
        a.call(() -> new ServerSocket(0, 1, InetAddress.ofLiteral("fd00::5357:5f1e")))) {
      assertThat(server.isBound()).isTrue();
    }
  }

  private static HostInterface one(Host host, String name) throws IOException {
    return host.interfaces().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
