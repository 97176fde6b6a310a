package dev.warren.lab;

import static dev.warren.lab.LabFixture.ask;
import static dev.warren.lab.Reach.isBlocked;
import static dev.warren.lab.Reach.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.warren.lab.description.CaptureDescription;
import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.Firewall;
import dev.warren.lab.description.Firewall.Policy;
import dev.warren.lab.description.Firewall.Protocol;
import dev.warren.lab.description.Firewall.Rule;
import dev.warren.lab.description.Firewall.Way;
import dev.warren.lab.description.HostBuilder;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.HostOrAddress;
import dev.warren.lab.description.HostRouting;
import dev.warren.lab.description.LabBuilder;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.NetworkDescription;
import dev.warren.lab.description.NetworkSettings;
import dev.warren.lab.description.PortForward;
import dev.warren.lab.description.Subnet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Routes and rules that change while the lab runs; each host lives on. */
@Timeout(120)
class RouterChangeTest {
  private static final String SERVER = "10.2.0.20";
  private static final HostRouting FORWARDING = HostRouting.NONE.forwarding(true);

  @TempDir Path state;
  private Lab lab;
  private Host inside;
  private Host server;
  private long router;

  @BeforeEach
  void start() throws IOException {
    lab = Lab.start(lab(FORWARDING).build(), LabSettings.in(state));
    inside = lab.host("inside");
    server = lab.host("server");
    router = lab.host("router").pid();
  }

  @AfterEach
  void stop() {
    assertThat(lab.host("router").pid()).as("the router was not made anew").isEqualTo(router);
    lab.close();
  }

  @Test
  void masqueradingBeginsAndEnds() throws Exception {
    assertThat(seen(inside, server, SERVER, 80)).isEqualTo("10.1.0.10");

    apply(lab(FORWARDING.masquerade("wan")));
    assertThat(seen(inside, server, SERVER, 81)).isEqualTo("10.2.0.2");

    apply(lab(FORWARDING));
    assertThat(seen(inside, server, SERVER, 82)).isEqualTo("10.1.0.10");
  }

  @Test
  void aForwardedPortLeadsElsewhereAndThenNowhere() throws Exception {
    apply(lab(FORWARDING.forwardPort(port(8080, "inside"))));
    assertThat(seen(server, inside, "10.2.0.2", 8080, 80)).isEqualTo(SERVER);

    apply(lab(FORWARDING.forwardPort(port(8081, "inside"))));
    assertThat(seen(server, inside, "10.2.0.2", 8081, 80)).isEqualTo(SERVER);

    apply(lab(FORWARDING));
    assertThat(isBlocked(server, inside, "10.2.0.2", 8081)).isTrue();
  }

  @Test
  void aFirewallComesChangesAndGoes() throws Exception {
    apply(lab(FORWARDING.firewall(onlyPort("80"))));
    assertThat(seen(inside, server, SERVER, 80)).isEqualTo("10.1.0.10");
    assertThat(isBlocked(inside, server, SERVER, 81)).isTrue();

    apply(lab(FORWARDING.firewall(onlyPort("81"))));
    assertThat(seen(inside, server, SERVER, 81)).isEqualTo("10.1.0.10");
    assertThat(isBlocked(inside, server, SERVER, 80)).isTrue();

    apply(lab(FORWARDING));
    assertThat(seen(inside, server, SERVER, 80)).isEqualTo("10.1.0.10");
  }

  @Test
  void forwardingEndsAndBeginsForBothKindsOfAddresses() throws Exception {
    apply(lab(HostRouting.NONE));
    assertThat(isBlocked(inside, server, SERVER, 80)).isTrue();
    assertThat(isBlocked(inside, server, "fd02::14", 80)).isTrue();

    apply(lab(FORWARDING));
    assertThat(seen(inside, server, SERVER, 80)).isEqualTo("10.1.0.10");
    assertThat(seen(inside, server, "fd02::14", 80)).isEqualTo("fd01:0:0:0:0:0:0:a");
  }

  @Test
  void anotherGatewayTakesThePackets() throws Exception {
    HostBuilder second =
        HostDescription.named("second")
            .on("lan", 3)
            .on("wan", 4)
            .routing(FORWARDING.masquerade("wan"));

    apply(lab(FORWARDING, "second").host(second));

    assertThat(seen(inside, server, SERVER, 80)).isEqualTo("10.2.0.4");
  }

  @Test
  void aRouteOfARouterComesAndGoes() throws Exception {
    apply(lab(FORWARDING.route("10.7.0.0/24", "server")));
    assertThat(ask(lab.host("router"), "ip route get 10.7.0.9")).contains("via 10.2.0.20");

    apply(lab(FORWARDING.route("10.7.0.0/24", "inside")));
    assertThat(ask(lab.host("router"), "ip route get 10.7.0.9")).contains("via 10.1.0.10");

    apply(lab(FORWARDING));
    assertThat(ask(lab.host("router"), "ip route get 10.7.0.9 || echo none")).contains("none");
  }

  @Test
  void aChangeThatFailsLeavesTheRulesAsTheyWere() throws Exception {
    apply(lab(FORWARDING.masquerade("wan")));
    LabBuilder refused =
        lab(FORWARDING.firewall(onlyPort("81")))
            .capture(
                new CaptureDescription(
                    new CaptureTarget.Network("late"), state.resolve("nowhere/late.pcapng")))
            .network("late", "10.4.0.0/24");

    assertThatIOException().isThrownBy(() -> apply(refused));

    assertThat(seen(inside, server, SERVER, 80)).isEqualTo("10.2.0.2");
  }

  @Test
  void aRootThatForwardsDoesSoOnANetworkThatIsAdded() throws Exception {
    NetworkSettings plain = NetworkSettings.DEFAULT;
    HostDescription a =
        HostDescription.named("a")
            .on("lan", 1)
            .route("10.5.0.0/24", "root")
            .route("fd05::/64", "root")
            .build();
    HostDescription root =
        HostDescription.named("root").on("lan", 11).on("new", 12).forwarding(true).build();
    LabDescription before =
        LabDescription.builder("rooted")
            .network(network("lan", "10.1.0.0/24", "fd01::/64", plain))
            .root(HostDescription.named("root").on("lan", 11).forwarding(true).build())
            .host(a)
            .build();
    try (Lab rooted = Lab.start(before, LabSettings.in(state))) {
      var _ =
          rooted.apply(
              LabDescription.builder("rooted")
                  .network(network("lan", "10.1.0.0/24", "fd01::/64", plain))
                  .network(network("new", "10.5.0.0/24", "fd05::/64", plain))
                  .root(root)
                  .host(a)
                  .host(
                      HostDescription.named("b")
                          .on("new", 2)
                          .route("10.1.0.0/24", "root")
                          .route("fd01::/64", "root"))
                  .build());

      assertThat(seen(rooted.host("b"), rooted.host("a"), "10.1.0.1", 80)).isEqualTo("10.5.0.2");
      assertThat(seen(rooted.host("a"), rooted.host("b"), "fd05::2", 80))
          .isEqualTo("fd01:0:0:0:0:0:0:1");
    }
  }

  private void apply(LabBuilder wanted) throws IOException {
    var _ = lab.apply(wanted.build());
  }

  private static PortForward port(int port, String to) {
    return new PortForward("wan", PortForward.Protocol.TCP, port, HostOrAddress.parse(to), 80);
  }

  private static Firewall onlyPort(String port) {
    return new Firewall(
        Policy.ACCEPT,
        Policy.DROP,
        List.of(Rule.allow(Way.FORWARD).from("lan").carrying(Protocol.TCP, port)));
  }

  private static LabBuilder lab(HostRouting routing) {
    return lab(routing, "router");
  }

  /** Host inside on lan, server on wan, router on both; who leads from lan and wan is told. */
  private static LabBuilder lab(HostRouting routing, String gateway) {
    NetworkSettings leading = NetworkSettings.DEFAULT.gateway(gateway);
    return LabDescription.builder("routers")
        .network(network("lan", "10.1.0.0/24", "fd01::/64", leading))
        .network(network("wan", "10.2.0.0/24", "fd02::/64", leading))
        .root(HostDescription.named("root").build())
        .host(HostDescription.named("inside").on("lan", 10))
        .host(HostDescription.named("server").on("wan", 20))
        .host(HostDescription.named("router").on("lan", 1).on("wan", 2).routing(routing));
  }

  private static NetworkDescription network(
      String name, String ipv4, String ipv6, NetworkSettings settings) {
    return new NetworkDescription(
        name, Optional.of(Subnet.parse(ipv4)), Optional.of(Subnet.parse(ipv6)), settings);
  }
}
