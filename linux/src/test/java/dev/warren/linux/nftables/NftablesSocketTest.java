package dev.warren.linux.nftables;

import static dev.warren.linux.nftables.ThreeMachines.LEFT;
import static dev.warren.linux.nftables.ThreeMachines.RIGHT;
import static dev.warren.linux.nftables.ThreeMachines.arriving;
import static dev.warren.linux.nftables.ThreeMachines.seen;
import static dev.warren.linux.nftables.ThreeMachines.seenSoon;
import static dev.warren.linux.nftables.ThreeMachines.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warren.linux.OwnNetwork;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.nftables.Match.ConnectionState;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules in a router, and what then comes from left to right. */
@Timeout(60)
class NftablesSocketTest {
  private static final Match TCP = new Match.Transport(TransportProtocol.TCP);
  private ThreeMachines machines;

  @BeforeEach
  void make() throws Exception {
    machines = new ThreeMachines();
  }

  @AfterEach
  void end() {
    machines.close();
  }

  private static Table filter(Verdict policy, Rule... rules) {
    return table(new Chain("forward", Hook.filter(Hook.Point.FORWARD, policy), List.of(rules)));
  }

  private static Table table(Chain... chains) {
    return new Table(Family.INET, "test", List.of(chains));
  }

  private String arrives(int port, ServerSocket server, String expected) throws Exception {
    return expected.isEmpty()
        ? seenSoon(machines.left, RIGHT, port, server)
        : seen(machines.left, RIGHT, port, server);
  }

  @Test
  void withoutRulesEverythingComesThrough() throws Exception {
    try (ServerSocket server = server(machines.right, 80)) {
      assertThat(seen(machines.left, RIGHT, 80, server)).isEqualTo(LEFT);
    }
  }

  @ParameterizedTest
  @CsvSource({"80, ''", "85, ''", "90, ''", "79, 10.1.0.2", "91, 10.1.0.2"})
  void aRangeOfPortsIsDropped(int port, String expected) throws Exception {
    machines.nftables.replace(
        filter(Verdict.ACCEPT, Rule.of(TCP, new Match.DestinationPorts(80, 90), Verdict.DROP)));

    try (ServerSocket server = server(machines.right, port)) {
      assertThat(arrives(port, server, expected)).isEqualTo(expected);
    }
  }

  @Test
  void whatBelongsToAConnectionComesBackThoughNothingElseDoes() throws Exception {
    machines.nftables.replace(
        filter(
            Verdict.DROP,
            Rule.of(
                Match.Connection.in(ConnectionState.ESTABLISHED, ConnectionState.RELATED),
                Verdict.ACCEPT),
            Rule.of(
                new Match.InputInterface("left0"),
                new Match.OutputInterface("right0"),
                Verdict.ACCEPT)));

    try (ServerSocket right = server(machines.right, 80);
        ServerSocket left = server(machines.left, 80)) {
      assertThat(seen(machines.left, RIGHT, 80, right)).isEqualTo(LEFT);
      assertThat(seenSoon(machines.right, LEFT, 80, left)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.0.0, 24, ''",
    "10.1.0.2, 32, ''",
    "10.1.0.3, 32, 10.1.0.2",
    "10.1.0.2, 31, ''",
    "10.1.0.4, 30, 10.1.0.2",
    "0.0.0.0, 0, ''",
  })
  void packetsAreKnownByTheNetworkTheyComeFrom(String network, int prefix, String expected)
      throws Exception {
    machines.nftables.replace(
        filter(
            Verdict.ACCEPT,
            Rule.of(new Match.Source(InetAddress.ofLiteral(network), prefix), Verdict.DROP)));

    try (ServerSocket server = server(machines.right, 80)) {
      assertThat(arrives(80, server, expected)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"10.2.0.2, 10.2.0.1", "fd02::2, fd02:0:0:0:0:0:0:1"})
  void theServerSeesTheRoutersAddress(String server, String seen) throws Exception {
    forwardIpv6();
    machines.nftables.replace(
        table(
            new Chain(
                "out",
                Hook.nat(Hook.Point.POSTROUTING),
                List.of(Rule.of(new Match.OutputInterface("right0"), new Nat.Masquerade(false))))));

    try (ServerSocket listening = server(machines.right, 80)) {
      assertThat(seen(machines.left, server, 80, listening)).isEqualTo(seen);
    }
  }

  @ParameterizedTest
  @CsvSource({"10.1.0.1, 10.2.0.2, 10.1.0.2", "fd01::1, fd02::2, fd01:0:0:0:0:0:0:2"})
  void aPortOfTheRouterLeadsToAServerBehindIt(String router, String server, String seen)
      throws Exception {
    forwardIpv6();
    InetAddress target = InetAddress.ofLiteral(server);
    machines.nftables.replace(
        table(
            new Chain(
                "in",
                Hook.nat(Hook.Point.PREROUTING),
                List.of(
                    Rule.of(
                        new Match.InputInterface("left0"),
                        new Match.Ip(server.contains(".")),
                        TCP,
                        new Match.DestinationPorts(8080, 8080),
                        new Nat.Destination(target, OptionalInt.of(80))))),
            new Chain(
                "forward",
                Hook.filter(Hook.Point.FORWARD, Verdict.DROP),
                List.of(
                    Rule.of(Match.Connection.in(ConnectionState.ESTABLISHED), Verdict.ACCEPT),
                    Rule.of(new Match.Redirected(), Verdict.ACCEPT)))));

    try (ServerSocket listening = server(machines.right, 80)) {
      assertThat(seen(machines.left, router, 8080, listening)).isEqualTo(seen);
      assertThat(seenSoon(machines.left, server, 80, listening)).isEmpty();
    }
  }

  private void forwardIpv6() throws Exception {
    var _ =
        OwnNetwork.in(
            machines.router,
            () -> Files.writeString(Path.of("/proc/sys/net/ipv6/conf/all/forwarding"), "1"));
  }

  @Test
  void everySecondDatagramIsLost() throws Exception {
    machines.nftables.replace(
        filter(
            Verdict.ACCEPT,
            Rule.of(
                new Match.Transport(TransportProtocol.UDP),
                new Match.Every(2),
                new Statement.Count(),
                Verdict.DROP)));

    assertThat(arriving(machines.left, machines.right, RIGHT, 20)).isEqualTo(10);
  }

  @Test
  void chanceLosesAsManyAsItIsTold() throws Exception {
    machines.nftables.replace(
        filter(Verdict.ACCEPT, Rule.of(new Match.Chance(30, 100), Verdict.DROP)));

    // Six standard deviations of 200 tries at 70 %.
    assertThat(arriving(machines.left, machines.right, RIGHT, 200)).isBetween(101, 179);
  }

  @Test
  void whatComesInAtOneInterfaceIsFilteredBeforeAnythingElse() throws Exception {
    machines.nftables.replace(
        new Table(
            Family.NETDEV,
            "test",
            List.of(
                new Chain(
                    "in",
                    Hook.device(Hook.Point.INGRESS, "port1"),
                    List.of(Rule.of(new Match.Transport(TransportProtocol.UDP), Verdict.DROP))))));

    assertThat(arriving(machines.left, machines.right, RIGHT, 3)).isZero();
    assertThat(arriving(machines.right, machines.left, LEFT, 3)).isEqualTo(3);
  }

  @Test
  void newRulesTakeThePlaceOfTheOld() throws Exception {
    machines.nftables.replace(filter(Verdict.DROP));
    machines.nftables.replace(filter(Verdict.ACCEPT));
    assertThat(arriving(machines.left, machines.right, RIGHT, 1)).isEqualTo(1);

    machines.nftables.replace(filter(Verdict.DROP));
    assertThat(arriving(machines.left, machines.right, RIGHT, 1)).isZero();

    machines.nftables.delete(Family.INET, "test");
    machines.nftables.delete(Family.INET, "test");
    assertThat(arriving(machines.left, machines.right, RIGHT, 1)).isEqualTo(1);
  }

  @Test
  void aRefusedRuleIsNamedAndNothingChanges() throws Exception {
    machines.nftables.replace(filter(Verdict.DROP));

    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(
            () ->
                machines.nftables.replace(
                    filter(
                        Verdict.ACCEPT,
                        Rule.of(TCP, Verdict.ACCEPT),
                        Rule.of(new Match.InputInterface("left0"), new Nat.Masquerade(false)))))
        .withMessageStartingWith(
            "nftables: add rule to forward: iifname \"left0\" masquerade: EOPNOTSUPP");
    assertThat(arriving(machines.left, machines.right, RIGHT, 1)).isZero();
  }

  @Test
  void manyRulesGoInOneBatch() throws Exception {
    Rule[] rules = new Rule[300];
    for (int i = 0; i < rules.length; i++) {
      rules[i] =
          Rule.of(
              new Match.InputInterface("left0"),
              new Match.OutputInterface("right0"),
              TCP,
              new Match.DestinationPorts(1000 + i, 2000 + i),
              Verdict.ACCEPT);
    }
    machines.nftables.replace(filter(Verdict.DROP, rules));

    assertThat(arriving(machines.left, machines.right, RIGHT, 1)).isZero();
  }

  @Test
  void aTableReadsAsNftPrintsIt() {
    assertThat(
            filter(
                Verdict.DROP,
                Rule.of(
                    new Match.InputInterface("left0"),
                    TCP,
                    new Match.DestinationPorts(80, 90),
                    Verdict.ACCEPT)))
        .hasToString(
            """
            table inet test {
              chain forward {
                type filter hook forward priority 0; policy drop;
                iifname "left0" meta l4proto tcp th dport 80-90 accept
              }
            }""");
  }
}
