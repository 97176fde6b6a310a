package dev.warren.lab;

import static dev.warren.lab.LabFixture.ask;
import static dev.warren.lab.Reach.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.InterfaceSettings;
import dev.warren.lab.description.LabBuilder;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.NetworkDescription;
import dev.warren.lab.description.NetworkSettings;
import dev.warren.lab.description.Subnet;
import dev.warren.lab.process.HostCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What networks and interfaces can have, seen from the hosts. */
@Timeout(180)
class NetworksTest {
  @TempDir Path state;

  private Lab start(LabDescription description) throws IOException {
    return Lab.start(description, LabSettings.in(state));
  }

  private static NetworkDescription ipv4(String name, String subnet, NetworkSettings settings) {
    return new NetworkDescription(
        name, Optional.of(Subnet.parse(subnet)), Optional.empty(), settings);
  }

  private static InterfaceDescription link(String network, int number, InterfaceSettings settings) {
    return new InterfaceDescription(network, number).withSettings(settings);
  }

  @Test
  void anInterfaceHasTheNameAndHardwareAddressItIsGiven() throws Exception {
    LabDescription description =
        LabDescription.builder("names")
            .network("lan", "10.1.0.0/24", "fd01::/64")
            .host(
                HostDescription.named("a")
                    .on(
                        link(
                            "lan",
                            30,
                            InterfaceSettings.DEFAULT
                                .name("eth0")
                                .mac("02:00:00:00:00:1e")
                                .address("192.168.9.3/24")
                                .address("fd99::3/64"))))
            .host(HostDescription.named("b").on("lan", 31))
            .build();
    try (Lab lab = start(description)) {
      Host a = lab.host("a");
      assertThat(ask(a, "ls /sys/class/net")).isEqualTo("eth0\nlo");
      assertThat(ask(a, "cat /sys/class/net/eth0/address")).isEqualTo("02:00:00:00:00:1e");
      assertThat(ask(a, "cat /proc/net/fib_trie")).contains("192.168.9.3", "10.1.0.30");
      assertThat(ask(a, "cat /proc/net/if_inet6")).contains("fd990000000000000000000000000003");
      assertThat(ask(lab.root(), "ls /sys/class/net")).contains("veth30-br");
      assertThat(ask(lab.host("b"), "getent ahostsv4 a")).contains("10.1.0.30", "192.168.9.3");
      ask(lab.host("b"), "ping -c 1 -W 10 10.1.0.30 && grep 02:00:00:00:00:1e /proc/net/arp");
    }
  }

  @ParameterizedTest
  @CsvSource({"1400, 1372, 1373", "9000, 8972, 8973"})
  void packetsAreAsLongAsTheNetworkAllowsAndNoLonger(int mtu, int fits, int tooLong)
      throws Exception {
    LabDescription description =
        LabDescription.builder("mtu")
            .network(ipv4("lan", "10.1.0.0/24", NetworkSettings.DEFAULT.mtu(mtu)))
            .host(HostDescription.named("a").on("lan", 1))
            .host(HostDescription.named("b").on("lan", 2))
            .build();
    try (Lab lab = start(description)) {
      Host a = lab.host("a");
      assertThat(ask(a, "cat /sys/class/net/veth1/mtu")).isEqualTo("" + mtu);
      assertThat(ask(lab.root(), "cat /sys/class/net/lan/mtu")).isEqualTo("" + mtu);
      ask(a, "ping -M do -s %d -c 1 -W 10 10.1.0.2".formatted(fits));
      assertThat(ask(a, "ping -M do -s %d -c 1 -W 1 10.1.0.2 || true".formatted(tooLong)))
          .containsIgnoringCase("message too long");
    }
  }

  @Test
  void aRouterTellsWhosePacketsAreTooLongForTheNextNetwork() throws Exception {
    LabDescription description =
        LabDescription.builder("pmtu")
            .network(ipv4("lan", "10.1.0.0/24", NetworkSettings.DEFAULT.gateway("router")))
            .network(
                ipv4("thin", "10.2.0.0/24", NetworkSettings.DEFAULT.gateway("router").mtu(1000)))
            .host(HostDescription.named("a").on("lan", 1))
            .host(HostDescription.named("router").on("lan", 2).on("thin", 3).forwarding(true))
            .host(HostDescription.named("b").on("thin", 4))
            .build();
    try (Lab lab = start(description)) {
      ask(lab.host("a"), "ping -M do -s 972 -c 1 -W 10 10.2.0.4");
      assertThat(ask(lab.host("a"), "ping -M do -s 973 -c 1 -W 5 10.2.0.4 || true"))
          .contains("mtu = 1000");
    }
  }

  @Test
  void aCableJoinsTwoHostsByThemselves() throws Exception {
    LabBuilder builder = LabDescription.builder("cables");
    for (String name : List.of("one", "two")) {
      String number = name.equals("one") ? "4" : "6";
      builder.network(
          new NetworkDescription(
              name,
              Optional.of(Subnet.parse("10.0.0." + number + "/31")),
              Optional.of(Subnet.parse("fd00::" + number + "/127")),
              NetworkSettings.DEFAULT.asCable()));
    }
    LabDescription description =
        builder
            .network("lan", "10.1.0.0/24")
            .host(HostDescription.named("a").on("one"))
            .host(HostDescription.named("b").on("one").on("two"))
            .host(HostDescription.named("c").on("two").on("lan"))
            .build();
    try (Lab lab = start(description)) {
      assertThat(seen(lab.host("a"), lab.host("b"), "10.0.0.5", 80)).isEqualTo("10.0.0.4");
      assertThat(seen(lab.host("b"), lab.host("c"), "fd00::7", 80)).isEqualTo("fd00:0:0:0:0:0:0:6");
      assertThat(ask(lab.root(), "cat /proc/net/fib_trie")).doesNotContain("10.0.0.");
      assertThat(ask(lab.root(), "cat /sys/class/net/one/bridge/group_fwd_mask"))
          .isEqualTo("0xfff8");
      assertThat(ask(lab.root(), "cat /sys/class/net/one/bridge/multicast_snooping"))
          .isEqualTo("0");
    }
  }

  @Test
  void onANetworkWithoutIpv6InterfacesHaveNone() throws Exception {
    LabDescription description =
        LabDescription.builder("no-ipv6")
            .network(ipv4("lan", "10.1.0.0/24", NetworkSettings.DEFAULT))
            .network("both", "10.2.0.0/24", "fd02::/64")
            .host(HostDescription.named("a").on("lan", 1).on("both", 2))
            .host(HostDescription.named("b").on("lan", 3))
            .build();
    try (Lab lab = start(description)) {
      ask(lab.host("b"), "ping -c 1 -W 10 10.1.0.1");
      assertThat(ask(lab.host("a"), "cat /proc/net/if_inet6"))
          .doesNotContain("veth1")
          .contains("veth2");
      assertThat(ask(lab.root(), "cat /proc/net/if_inet6"))
          .doesNotContain("lan", "veth")
          .contains("both");
    }
  }

  @Test
  void onANetworkWithoutIpv4ThereIsIpv6() throws Exception {
    LabDescription description =
        LabDescription.builder("no-ipv4")
            .network(
                new NetworkDescription(
                    "lan", Optional.empty(), Optional.of(Subnet.parse("fd01::/64"))))
            .host(HostDescription.named("a").on("lan", 1))
            .host(HostDescription.named("b").on("lan", 2))
            .build();
    try (Lab lab = start(description)) {
      assertThat(seen(lab.host("a"), lab.host("b"), "fd01::2", 80)).endsWith(":1");
      assertThat(ask(lab.host("a"), "getent ahosts b")).contains("fd01::2").doesNotContain(".");
      assertThat(ask(lab.host("a"), "wc -l < /proc/net/route")).isEqualTo("1");
    }
  }

  @Test
  void aNetworkHasMoreThan254Hosts() throws Exception {
    LabBuilder builder = LabDescription.builder("many").network("lan", "10.1.0.0/16");
    for (int i = 1; i <= 300; i++) {
      builder.host(HostDescription.named("h" + i));
    }
    LabDescription open = builder.build();
    builder = LabDescription.builder("many").network("lan", "10.1.0.0/16");
    for (HostDescription host : open.hosts()) {
      builder.host(host.withInterfaces(List.of(InterfaceDescription.automatic("lan"))));
    }
    try (Lab lab = start(builder.build())) {
      Host last = lab.host("h300");
      String address = lab.description().addresses(last.description()).getFirst().getHostAddress();
      assertThat(address).startsWith("10.1.1.");
      Process ping = lab.host("h1").start(HostCommand.shell("ping -c 1 -W 10 h300").mergeErrors());
      assertThat(LabFixture.read(ping)).contains("1 received", address);
    }
  }
}
