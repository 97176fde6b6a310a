package dev.warren.lab;

import static dev.warren.lab.LabFixture.ask;
import static dev.warren.lab.Reach.isBlocked;
import static dev.warren.lab.Reach.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.description.Firewall;
import dev.warren.lab.description.Firewall.Policy;
import dev.warren.lab.description.Firewall.Protocol;
import dev.warren.lab.description.Firewall.Rule;
import dev.warren.lab.description.Firewall.Way;
import dev.warren.lab.description.HostBuilder;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.HostOrAddress;
import dev.warren.lab.description.HostRouting;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.NetworkDescription;
import dev.warren.lab.description.NetworkSettings;
import dev.warren.lab.description.PortForward;
import dev.warren.lab.description.RouterPreset;
import dev.warren.lab.description.Subnet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Routers between two networks: who reaches whom through them, and as whom. */
@Timeout(120)
class RouterTest {
  private static final String INSIDE = "10.1.0.10";
  private static final String INSIDE6 = "fd01:0:0:0:0:0:0:a";
  private static final String SERVER = "10.2.0.20";
  private static final String SERVER6 = "fd02:0:0:0:0:0:0:14";

  @TempDir Path state;

  /** Host inside on lan, server on wan, router on both: gateway of lan, and of wan if told. */
  private Lab lab(HostRouting routing, boolean bothWays) throws IOException {
    return lab(HostDescription.named("router").routing(routing), bothWays);
  }

  private Lab lab(HostBuilder router, boolean bothWays) throws IOException {
    NetworkSettings leading = NetworkSettings.DEFAULT.gateway("router");
    LabDescription description =
        LabDescription.builder("routers")
            .network(network("lan", "10.1.0.0/24", "fd01::/64", leading))
            .network(
                network(
                    "wan",
                    "10.2.0.0/24",
                    "fd02::/64",
                    bothWays ? leading : NetworkSettings.DEFAULT))
            .host(HostDescription.named("inside").on("lan", 10))
            .host(HostDescription.named("server").on("wan", 20))
            .host(router.on("lan", 1).on("wan", 2))
            .build();
    return Lab.start(description, LabSettings.in(state));
  }

  private static NetworkDescription network(
      String name, String ipv4, String ipv6, NetworkSettings settings) {
    return new NetworkDescription(
        name, Optional.of(Subnet.parse(ipv4)), Optional.of(Subnet.parse(ipv6)), settings);
  }

  @Test
  void aRouterPassesPacketsOnOfBothKinds() throws Exception {
    try (Lab lab = lab(HostRouting.NONE.forwarding(true), true)) {
      assertThat(seen(lab.host("inside"), lab.host("server"), SERVER, 80)).isEqualTo(INSIDE);
      assertThat(seen(lab.host("inside"), lab.host("server"), SERVER6, 80)).isEqualTo(INSIDE6);
      assertThat(seen(lab.host("server"), lab.host("inside"), INSIDE, 80)).isEqualTo(SERVER);
      assertThat(ask(lab.host("router"), "cat /proc/sys/net/ipv4/ip_forward")).isEqualTo("1");
    }
  }

  /** A router asks for its neighbours by its link-local address: packets wait for that. */
  @Test
  void everyInterfaceHasOneLinkLocalAddressThatIsUsedAtOnce() throws Exception {
    try (Lab lab = lab(HostRouting.NONE.forwarding(true), true)) {
      assertThat(linkLocal(lab.host("router"))).containsExactly("82 veth1", "82 veth2");
      assertThat(linkLocal(lab.host("inside"))).containsExactly("82 veth10");
      assertThat(linkLocal(lab.root())).containsExactly("82 lan", "82 wan");
    }
  }

  /** Flags, of which 40 is "tentative" (linux/if_addr.h), and interface. */
  private static List<String> linkLocal(Host host) throws Exception {
    return ask(host, "cat /proc/net/if_inet6")
        .lines()
        .filter(line -> line.startsWith("fe80"))
        .map(line -> line.replaceAll(".{32} (\\S+ +){3}(\\S+) +(\\S+)", "$2 $3"))
        .sorted()
        .toList();
  }

  @Test
  void aHostOnTwoNetworksPassesNothingOnUnlessTold() throws Exception {
    try (Lab lab = lab(HostRouting.NONE, true)) {
      assertThat(isBlocked(lab.host("inside"), lab.host("server"), SERVER, 80)).isTrue();
      assertThat(isBlocked(lab.host("inside"), lab.host("server"), SERVER6, 80)).isTrue();
      assertThat(ask(lab.host("router"), "cat /proc/sys/net/ipv4/conf/veth1/forwarding"))
          .isEqualTo("0");
    }
  }

  @Test
  void theServerSeesTheAddressOfARouterThatMasquerades() throws Exception {
    try (Lab lab = lab(HostRouting.NONE.forwarding(true).masquerade("wan"), false)) {
      assertThat(seen(lab.host("inside"), lab.host("server"), SERVER, 80)).isEqualTo("10.2.0.2");
      assertThat(seen(lab.host("inside"), lab.host("server"), SERVER6, 80))
          .isEqualTo("fd02:0:0:0:0:0:0:2");
    }
  }

  @Test
  void aPortOfTheRouterLeadsToAServerBehindIt() throws Exception {
    HostRouting routing =
        RouterPreset.HOME_ROUTER
            .expand(List.of("lan"), "wan")
            .forwardPort(
                new PortForward(
                    "wan", PortForward.Protocol.TCP, 8080, HostOrAddress.parse("inside"), 80));
    try (Lab lab = lab(routing, false)) {
      assertThat(seen(lab.host("server"), lab.host("inside"), "10.2.0.2", 8080, 80))
          .isEqualTo(SERVER);
      assertThat(seen(lab.host("server"), lab.host("inside"), "fd02::2", 8080, 80))
          .isEqualTo(SERVER6);
      assertThat(isBlocked(lab.host("server"), lab.host("inside"), "10.2.0.2", 80)).isTrue();
    }
  }

  @Test
  void aFirewallLetsThroughWhatItIsToldAndItsAnswers() throws Exception {
    Firewall firewall =
        new Firewall(
            Policy.DROP,
            Policy.DROP,
            List.of(
                Rule.deny(Way.FORWARD).from("lan").carrying(Protocol.TCP, "85"),
                Rule.allow(Way.FORWARD).from("lan").to("wan").carrying(Protocol.TCP, "80-90"),
                Rule.allow(Way.INPUT).from("lan").carrying(Protocol.TCP, "22")));
    try (Lab lab = lab(HostRouting.NONE.forwarding(true).firewall(firewall), true)) {
      Host inside = lab.host("inside");
      Host server = lab.host("server");
      Host router = lab.host("router");
      assertThat(seen(inside, server, SERVER, 80)).isEqualTo(INSIDE);
      assertThat(seen(inside, server, SERVER6, 90)).isEqualTo(INSIDE6);
      assertThat(isBlocked(inside, server, SERVER, 85)).isTrue();
      assertThat(isBlocked(inside, server, SERVER, 91)).isTrue();
      assertThat(isBlocked(server, inside, INSIDE, 80)).isTrue();
      assertThat(seen(inside, router, "10.1.0.1", 22)).isEqualTo(INSIDE);
      assertThat(isBlocked(inside, router, "10.1.0.1", 23)).isTrue();
      assertThat(isBlocked(server, router, "10.2.0.2", 22)).isTrue();
      assertThat(seen(router, router, "127.0.0.1", 23)).isEqualTo("127.0.0.1");
      assertThat(seen(router, server, SERVER, 23)).isEqualTo("10.2.0.2");
    }
  }

  @Test
  void aRuleThatDeniesLeavesTheAnswersToTheOtherSideAlone() throws Exception {
    Firewall firewall = Firewall.OPEN.rule(Rule.deny(Way.FORWARD).from("wan"));
    try (Lab lab = lab(HostRouting.NONE.forwarding(true).firewall(firewall), true)) {
      assertThat(seen(lab.host("inside"), lab.host("server"), SERVER, 80)).isEqualTo(INSIDE);
      assertThat(isBlocked(lab.host("server"), lab.host("inside"), INSIDE, 80)).isTrue();
    }
  }

  @Test
  void behindAHomeRouterEverythingIsReachedAndNobodyIs() throws Exception {
    HostBuilder router =
        HostDescription.named("router").router(RouterPreset.HOME_ROUTER, "lan", "wan");
    try (Lab lab = lab(router, false)) {
      Host inside = lab.host("inside");
      Host server = lab.host("server");
      assertThat(seen(inside, server, SERVER, 5000)).isEqualTo("10.2.0.2");
      assertThat(isBlocked(server, lab.host("router"), "10.2.0.2", 5000)).isTrue();
      assertThat(seen(inside, lab.host("router"), "10.1.0.1", 5000)).isEqualTo(INSIDE);
      ask(server, "ping -c 1 -W 5 10.2.0.2");
      assertThat(ask(inside, "ping -c 1 -W 5 10.2.0.20")).contains("1 received");
    }
  }

  @Test
  void behindACarriersNatPortsAreByChanceAndTheRouterIsNotReached() throws Exception {
    HostBuilder router =
        HostDescription.named("router").router(RouterPreset.CARRIER_NAT, "lan", "wan");
    try (Lab lab = lab(router, false)) {
      Host inside = lab.host("inside");
      assertThat(seen(inside, lab.host("server"), SERVER, 5000)).isEqualTo("10.2.0.2");
      assertThat(isBlocked(inside, lab.host("router"), "10.1.0.1", 5000)).isTrue();
      assertThat(isBlocked(lab.host("server"), lab.host("router"), "10.2.0.2", 5000)).isTrue();
    }
  }

  @Test
  void behindACorporateFirewallTheWebIsReachedAndNothingElse() throws Exception {
    HostBuilder router =
        HostDescription.named("router").router(RouterPreset.CORPORATE_FIREWALL, "lan", "wan");
    try (Lab lab = lab(router, false)) {
      Host inside = lab.host("inside");
      Host server = lab.host("server");
      assertThat(seen(inside, server, SERVER, 443)).isEqualTo("10.2.0.2");
      assertThat(seen(inside, server, SERVER6, 80)).isEqualTo("fd02:0:0:0:0:0:0:2");
      assertThat(isBlocked(inside, server, SERVER, 22)).isTrue();
      assertThat(isBlocked(server, lab.host("router"), "10.2.0.2", 443)).isTrue();
    }
  }

  @Test
  void aHostsOwnRouteComesBeforeTheGatewayOfItsNetwork() throws Exception {
    LabDescription description =
        LabDescription.builder("own-routes")
            .network(
                network(
                    "lan", "10.1.0.0/24", "fd01::/64", NetworkSettings.DEFAULT.gateway("first")))
            .network(network("far", "10.3.0.0/24", "fd03::/64", NetworkSettings.DEFAULT))
            .host(HostDescription.named("first").on("lan", 1))
            .host(HostDescription.named("second").on("lan", 2).on("far", 3).forwarding(true))
            .host(HostDescription.named("target").on("far", 4).route("lan", "second"))
            .host(HostDescription.named("plain").on("lan", 5).route("far", "10.1.0.2"))
            .host(HostDescription.named("chosen").on("lan", 6).route("default", "second"))
            .build();
    try (Lab lab = Lab.start(description, LabSettings.in(state))) {
      Host target = lab.host("target");
      assertThat(seen(lab.host("plain"), target, "10.3.0.4", 80)).isEqualTo("10.1.0.5");
      assertThat(seen(lab.host("chosen"), target, "fd03::4", 80)).isEqualTo("fd01:0:0:0:0:0:0:6");
      assertThat(ask(lab.host("plain"), "cat /proc/net/route")).contains("00000000\t0100010A");
      assertThat(ask(lab.host("chosen"), "cat /proc/net/route")).contains("00000000\t0200010A");
    }
  }
}
