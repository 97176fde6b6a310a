package dev.warren.lab.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warren.lab.description.Firewall;
import dev.warren.lab.description.Firewall.Policy;
import dev.warren.lab.description.Firewall.Protocol;
import dev.warren.lab.description.Firewall.Rule;
import dev.warren.lab.description.Firewall.Way;
import dev.warren.lab.description.HostOrAddress;
import dev.warren.lab.description.HostRouting;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.InterfaceSettings;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.Masquerade;
import dev.warren.lab.description.NetworkSettings;
import dev.warren.lab.description.PortForward;
import dev.warren.lab.description.RouterPreset;
import dev.warren.lab.source.BadInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks, interfaces and routing as lab files say them. */
class RoutingFieldsTest {
  private static LabDescription parse(String text) throws BadInputException {
    return LabFile.parse("lab.yaml", text);
  }

  @Test
  void networksAndInterfacesCanHaveAllOfThis() throws Exception {
    LabDescription lab =
        parse(
            """
            networks:
              lan: {ipv4: 10.1.0.0/24, mtu: 1400, gateway: r}
              link: {ipv4: 10.0.0.0/31, cable: true}
            hosts:
              r: {interfaces: [{network: lan, position: 1, number: 77}, {network: link}]}
              a:
                interfaces:
                  - {network: lan, number: 30, name: eth0, mac: "02:00:00:00:00:1e", mtu: 1300,
                     addresses: [10.9.0.3/24, "fd00::9/64"]}
                  - {network: link}
            """);

    assertThat(lab.networks().getFirst().settings())
        .isEqualTo(NetworkSettings.DEFAULT.mtu(1400).gateway("r"));
    assertThat(lab.networks().getLast().settings()).isEqualTo(NetworkSettings.DEFAULT.asCable());
    assertThat(lab.host("a").orElseThrow().interfaces().getFirst())
        .isEqualTo(
            new InterfaceDescription("lan", 30)
                .withSettings(
                    InterfaceSettings.DEFAULT
                        .name("eth0")
                        .mac("02:00:00:00:00:1e")
                        .mtu(1300)
                        .address("10.9.0.3/24")
                        .address("fd00::9/64")));
    assertThat(lab.addresses(lab.host("r").orElseThrow()))
        .extracting(address -> address.getHostAddress())
        .containsExactly("10.1.0.1", "10.0.0.0");
    assertThat(lab.root().interfaces())
        .extracting(InterfaceDescription::network)
        .containsExactly("lan");
  }

  @Test
  void aRouterCanHaveAllOfThis() throws Exception {
    LabDescription lab =
        parse(
            """
            networks:
              lan: {ipv4: 10.1.0.0/24}
              wan: {ipv4: 10.2.0.0/24}
            hosts:
              r:
                interfaces: [{network: lan}, {network: wan}]
                routes:
                  - {to: default, via: isp}
                  - {to: 10.9.0.0/16, via: 10.1.0.9}
                  - {to: 10.8.0.1, via: 10.1.0.9}
                forwarding: true
                masquerade: [wan, {network: lan, random-ports: true}]
                forward-ports:
                  - {network: wan, port: 8080, to: 10.1.0.9, to-port: 80}
                  - {network: wan, protocol: udp, port: 53, to: isp}
                firewall:
                  input: drop
                  forward: drop
                  rules:
                    - {allow: forward, from: lan, to: wan, protocol: tcp, ports: [80, 8000-8010]}
                    - {deny: input, protocol: icmp}
              isp: {interfaces: [{network: wan}]}
            """);

    assertThat(lab.host("r").orElseThrow().routing())
        .isEqualTo(
            HostRouting.NONE
                .forwarding(true)
                .masquerade("wan")
                .masquerade(new Masquerade("lan", true))
                .route("default", "isp")
                .route("10.9.0.0/16", "10.1.0.9")
                .route("10.8.0.1/32", "10.1.0.9")
                .forwardPort(
                    new PortForward(
                        "wan", PortForward.Protocol.TCP, 8080, HostOrAddress.parse("10.1.0.9"), 80))
                .forwardPort(
                    new PortForward(
                        "wan", PortForward.Protocol.UDP, 53, HostOrAddress.parse("isp"), 53))
                .firewall(
                    new Firewall(
                        Policy.DROP,
                        Policy.DROP,
                        List.of(
                            Rule.allow(Way.FORWARD)
                                .from("lan")
                                .to("wan")
                                .carrying(Protocol.TCP, "80", "8000-8010"),
                            Rule.deny(Way.INPUT).carrying(Protocol.ICMP)))));
  }

  @ParameterizedTest
  @EnumSource
  void aPresetReadsAsThePlainConfigurationThatItIsWrittenOutAs(RouterPreset preset)
      throws Exception {
    String head =
        """
        networks:
          lan: {ipv4: 10.1.0.0/24}
          guests: {ipv4: 10.3.0.0/24}
          wan: {ipv4: 10.2.0.0/24}
        hosts:
          r:
            interfaces: [{network: lan}, {network: guests}, {network: wan}]
        """;
    HostRouting byPreset =
        parse(
                head
                    + "    router: {preset: %s, inside: [lan, guests], outside: wan}\n"
                        .formatted(preset))
            .host("r")
            .orElseThrow()
            .routing();
    HostRouting plain =
        parse(head + RoutingText.of(byPreset).indent(4)).host("r").orElseThrow().routing();

    assertThat(plain).isEqualTo(byPreset);
    assertThat(byPreset).isEqualTo(preset.expand(List.of("lan", "guests"), "wan"));
  }

  @Test
  void whatRoutesPortsAndRulesSayIsWrittenOutToo() throws Exception {
    HostRouting routing =
        HostRouting.NONE
            .route("default", "r")
            .route("fd09::/64", "fd00::1")
            .forwardPort(
                new PortForward(
                    "wan", PortForward.Protocol.TCP, 80, HostOrAddress.parse("fd00::1"), 81));

    assertThat(RoutingText.of(routing))
        .isEqualTo(
            """
            routes:
              - {to: default, via: r}
              - {to: "fd09::/64", via: "fd00::1"}
            forward-ports:
              - {network: wan, protocol: tcp, port: 80, to: "fd00::1", to-port: 81}
            """);
  }

  @Test
  void everyMistakeIsReportedWhereItStands() {
    assertThatExceptionOfType(BadInputException.class)
        .isThrownBy(
            () ->
                parse(
                    """
                    networks:
                      lan: {ipv4: 10.1.0.0/24, mtu: 67}
                      pair: {ipv4: 10.0.0.0/31}
                    hosts:
                      a:
                        interfaces: [{network: lan, mac: "01:00:00:00:00:01", name: "a b"}]
                        routes: [{to: 10.9.0.1/16, via: 10.1.0.9}, {to: default}]
                        router: {preset: home, inside: lan, outside: lan}
                        forwarding: true
                        firewall: {rules: [{allow: input, to: lan}, {from: lan}]}
                        forward-ports: [{network: lan, port: 80, to: b, protocol: sctp}]
                    """))
        .withMessageContaining("lab.yaml:2:33: 67 is out of range: 68 to 65535")
        .withMessageContaining("lab.yaml:3:3: 10.0.0.0/31 has two addresses")
        .withMessageContaining("lab.yaml:6:38: 01:00:00:00:00:01 is an address of groups")
        .withMessageContaining("lab.yaml:6:65: \"a b\" is no name for an interface")
        .withMessageContaining("lab.yaml:7:14: 10.9.0.1/16 starts in the middle")
        .withMessageContaining("lab.yaml:7:48: the key \"via\" is missing here")
        .withMessageContaining(
            "lab.yaml:8:22: there is no preset \"home\"; known: home-router, carrier-nat,"
                + " corporate-firewall")
        .withMessageContaining("lab.yaml:9:5: \"router\" says this already")
        .withMessageContaining("lab.yaml:10:24: \"to\" is for packets that are passed on")
        .withMessageContaining("lab.yaml:10:49: a rule has one of \"allow\" and \"deny\"")
        .withMessageContaining("lab.yaml:11:63: \"sctp\" is none of tcp, udp");
  }

  @Test
  void whatDoesNotFitTogetherIsReportedToo() {
    assertThatExceptionOfType(BadInputException.class)
        .isThrownBy(
            () ->
                parse(
                    """
                    networks:
                      lan: {ipv4: 10.1.0.0/24, gateway: nobody}
                      wan: {ipv4: 10.2.0.0/24, gateway: a}
                      six: {ipv6: "fd00::/64", mtu: 1000}
                      cable: {ipv4: 10.3.0.0/30, cable: true}
                    root: {interfaces: [{network: lan, name: eth0}, {network: cable, number: 9}]}
                    hosts:
                      a:
                        interfaces:
                          - {network: lan, name: x}
                          - {network: lan, name: x}
                          - {network: lan, mtu: 9000}
                        routes: [{to: wan, via: b}, {to: net, via: b}, {to: default, via: 10.2.0.1}]
                        masquerade: [wan, nowhere]
                      b: {interfaces: [{network: wan}]}
                    """))
        .withMessageContaining("2:37: there is no host \"nobody\" to be the gateway")
        .withMessageContaining("3:37: the gateway a is not on network wan")
        .withMessageContaining("4:3: IPv6 needs an MTU of 1280 at least, but on network six")
        .withMessageContaining("5:3: the cable cable needs two hosts, one at each end: it has none")
        .withMessageContaining("6:21: an interface of the root is an address on the bridge lan")
        .withMessageContaining("6:49: the root cannot be at the cable cable")
        .withMessageContaining("11:9: host a has two interfaces called x")
        .withMessageContaining("12:9: an MTU of 9000 is more than the 1500 of network lan")
        .withMessageContaining("13:14: the route to wan cannot go via b: host a shares no network")
        .withMessageContaining("13:33: there is no network \"net\"")
        .withMessageContaining(
            "13:52: a route cannot go via 10.2.0.1: host a is on no network with")
        .withMessageContaining("14:18: host a is not on network wan")
        .withMessageContaining("14:23: there is no network \"nowhere\"")
        .withMessageContaining("14:18: host a does not pass packets on: masquerade needs");
  }

  @Test
  void rulesAndForwardedPortsAreReportedAtTheirOwnPlaces() {
    assertThatExceptionOfType(BadInputException.class)
        .isThrownBy(
            () ->
                parse(
                    """
                    networks:
                      lan: {ipv4: 10.1.0.0/24}
                      wan: {ipv4: 10.2.0.0/24}
                    kinds:
                      guarded:
                        firewall:
                          rules:
                            - {deny: input, from: lan}
                            - {deny: input, from: wan}
                    hosts:
                      a:
                        kind: guarded
                        interface: {network: lan}
                        forwarding: true
                        forward-ports:
                          - {network: lan, port: 80, to: a}
                          - {network: wan, port: 81, to: b}
                      c:
                        interface: {network: lan}
                        router: {preset: home-router, inside: lan, outside: wan}
                    """))
        .withMessageContaining("lab.yaml:9:11: host a is not on network wan")
        .withMessageContaining("lab.yaml:17:9: host a is not on network wan")
        .withMessageContaining("lab.yaml:17:9: there is no host \"b\"")
        .withMessageContaining("lab.yaml:20:13: host c is not on network wan");
  }

  @Test
  void aBridgeHasNoMoreThan1023Ports() {
    StringBuilder file = new StringBuilder("networks: {lan: {ipv4: 10.0.0.0/8}}\nhosts:\n");
    for (int i = 0; i < 1024; i++) {
      file.append("  h").append(i).append(":\n");
    }

    assertThatExceptionOfType(BadInputException.class)
        .isThrownBy(() -> parse(file.toString()))
        .withMessageContaining(
            "1:12: network lan has 1024 interfaces, but a bridge no more than 1023 ports");
  }
}
