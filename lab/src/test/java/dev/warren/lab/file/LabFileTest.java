package dev.warren.lab.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.warren.lab.description.CaptureDescription;
import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.FileDescription;
import dev.warren.lab.description.GroupDescription;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.IpAddresses;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.NetworkDescription;
import dev.warren.lab.description.Resolver;
import dev.warren.lab.description.UserDescription;
import dev.warren.lab.source.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LabFileTest {

  @Test
  void aHostNeedsNothingButAName() throws BadInputException {
    LabDescription lab = LabFile.parse("three.yaml", "root:\nhosts:\n  a:\n  b: {}\n");

    assertThat(lab.name()).isEqualTo("three");
    assertThat(lab.networks()).containsExactly(NetworkDescription.SELFTEST0);
    assertThat(lab.hosts())
        .containsExactly(
            HostDescription.named("a").on("selftest0", 1).build(),
            HostDescription.named("b").on("selftest0", 2).build());
  }

  @Test
  void aHostCanHaveAllOfThis() throws BadInputException {
    LabDescription lab =
        LabFile.parse(
            "lab.yaml",
            """
            hosts:
              dc:
                interface: 30
                domain: samba.example.com
                aliases: [gc, dns.samba.example.com]
                resolver: [10.53.57.64, "fd00::5357:5f40"]
                search: [samba.example.com]
                private: [/var/lib/samba]
                serves-dns: true
                packages: [nginx, frr]
                nsswitch: {passwd: files winbind}
                users:
                  - {name: ada, uid: 1000}
                  - {name: bind, uid: 120, gid: 121, gecos: BIND, home: /srv, shell: /bin/false}
                groups:
                  - {name: staff2, gid: 1001, members: [ada]}
                files:
                  - {path: /etc/motd, text: hello}
                  - {path: /etc/key, mode: 0600, text: secret}
            """);

    assertThat(lab.hosts())
        .containsExactly(
            HostDescription.named("dc")
                .on("selftest0", 30)
                .domain("samba.example.com")
                .alias("gc")
                .alias("dns.samba.example.com")
                .resolver(
                    Resolver.addresses(
                        List.of(
                            IpAddresses.parse("10.53.57.64"),
                            IpAddresses.parse("fd00::5357:5f40"))))
                .search("samba.example.com")
                .privateDirectory(Path.of("/var/lib/samba"))
                .servesDns(true)
                .packages("nginx", "frr")
                .nsswitch("passwd", "files winbind")
                .user(new UserDescription("ada", 1000, 1000, "", "/home/ada", "/bin/sh"))
                .user(new UserDescription("bind", 120, 121, "BIND", "/srv", "/bin/false"))
                .group(new GroupDescription("staff2", 1001, List.of("ada")))
                .file(new FileDescription(Path.of("/etc/motd"), 0644, "hello"))
                .file(new FileDescription(Path.of("/etc/key"), 0600, "secret"))
                .build());
    assertThat(lab.hosts().getFirst().accounts().nsswitch())
        .isEqualTo(Map.of("passwd", "files winbind"));
  }

  @Test
  void networksAndLinksAreCapturedIntoFiles() throws BadInputException {
    LabDescription lab =
        LabFile.parse(
            "lab.yaml",
            """
            networks:
              lan: {ipv4: 192.168.7.0/24, capture: lan.pcapng}
            hosts:
              a: {interfaces: [1, {capture: /tmp/a.pcapng}]}
            """);

    assertThat(lab.options().captures())
        .containsExactly(
            new CaptureDescription(new CaptureTarget.Network("lan"), Path.of("lan.pcapng")),
            new CaptureDescription(new CaptureTarget.Link("a", 1), Path.of("/tmp/a.pcapng")));
  }

  @Test
  void mistakesInCapturesHaveTheirPlaces() {
    BadInputException mistakes =
        catchThrowableOfType(
            BadInputException.class,
            () ->
                LabFile.parse(
                    "lab.yaml",
                    """
                    networks:
                      lan: {ipv4: 192.168.7.0/24, capture: x.pcapng}
                    root: {interface: {capture: root.pcapng}}
                    hosts:
                      a: {interface: {capture: x.pcapng}}
                    """));

    assertThat(mistakes)
        .hasMessageContaining("lab.yaml:3:29: the root has no cable to capture")
        .hasMessageContaining("lab.yaml:5:28: two captures go to x.pcapng");
  }

  @Test
  void severalNetworksAndARootWithSeveralAddresses() throws BadInputException {
    LabDescription lab =
        LabFile.parse(
            "lab.yaml",
            """
            lab: routed
            networks:
              lan: {ipv4: 192.168.7.0/24}
              wan: {ipv4: 10.1.0.0/16, ipv6: fd01::/64}
            root:
              name: client
              interfaces:
                - {network: lan, number: 11}
                - {network: lan, number: 12}
            hosts:
              router:
                interfaces:
                  - {network: lan, number: 1}
                  - {network: wan}
              lonely: {interfaces: []}
            """);

    assertThat(lab.name()).isEqualTo("routed");
    assertThat(lab.root())
        .isEqualTo(HostDescription.named("client").on("lan", 11).on("lan", 12).build());
    assertThat(lab.host("router").map(HostDescription::interfaces))
        .contains(List.of(new InterfaceDescription("lan", 1), new InterfaceDescription("wan", 2)));
    assertThat(lab.host("lonely").map(HostDescription::interfaces)).contains(List.of());
  }

  @Test
  void theExampleIsALabOfThreeHosts() throws BadInputException {
    LabDescription lab = LabFile.read(Path.of("../examples/three-hosts.yaml"));

    assertThat(lab.name()).isEqualTo("three-hosts");
    assertThat(lab.hosts()).extracting(HostDescription::name).containsExactly("a", "b", "c");
    assertThat(lab.host("b").map(HostDescription::fqdn)).contains("b.example.test");
    assertThat(lab.addresses(lab.hosts().getLast()))
        .extracting(IpAddresses::text)
        .containsExactly("10.53.57.30", "fd00::5357:5f1e");
  }

  @Test
  void everyMistakeIsReportedAtOnceWithLineAndColumn() {
    assertThat(
            problems(
                """
                networks:
                  lan: {ipv4: 10.1.0.1/24}
                  wan: {ipv4: fd00::/112}
                  selftest0: {ipv4: 10.53.57.0/24, vlan: 9000}
                hosts:
                  a_: {aliase: red}
                  a:
                    intreface: 30
                    interfaces: [{network: selftset0}, {network: lan}]
                    private: [var/lib]
                    files:
                      - {path: /etc/x}
                      - {path: /etc/y, mode: 9, text: x}
                    users: [{name: ada, uid: -1}]
                  b: {interfaces: [{network: selftest0, number: 30}]}
                  c: {interfaces: [{network: selftest0, number: 30}]}
                  d: {interfaces: [{network: selftest0, number: 255}]}
                """))
        .containsExactly(
            "f.yaml:2:15: 10.1.0.1/24 starts in the middle of 10.1.0.0/24",
            "f.yaml:3:3: fd00::/112 is not IPv4",
            "f.yaml:4:36: unknown key \"vlan\"; known here: ipv4, ipv6, conditions, mtu, cable, gateway, capture",
            "f.yaml:6:3: \"a_\" is no host name: letters, digits, - and _, at most 63, a letter or"
                + " digit first and last",
            "f.yaml:6:7: say on which network: \"interfaces: [{network: ...}]\" with one of lan,"
                + " wan, selftest0",
            "f.yaml:6:8: unknown key \"aliase\"; did you mean \"aliases\"?",
            "f.yaml:8:5: unknown key \"intreface\"; did you mean \"interface\"?",
            "f.yaml:9:18: there is no network \"selftset0\"; did you mean \"selftest0\"?",
            "f.yaml:10:15: \"var/lib\" is not an absolute path",
            "f.yaml:12:9: the key \"text\" is missing here, or \"from\"",
            "f.yaml:13:30: a mode is three or four octal digits, like \"0644\"",
            "f.yaml:14:30: -1 is out of range: 0 to 2147483647",
            "f.yaml:16:20: interface number 30 belongs to host b already",
            "f.yaml:17:20: interface number 255 does not fit into 10.53.57.0/24 of network"
                + " selftest0: 1 to 254");
  }

  @Test
  void aFileWithoutHostsIsIncomplete() {
    assertThat(problems("lab: x\n"))
        .containsExactly("f.yaml:1:1: the key \"hosts\" is missing here");
  }

  @Test
  void overlappingNetworksAreReportedAtTheSecond() {
    assertThat(
            problems("networks:\n  a: {ipv4: 10.0.0.0/8}\n  b: {ipv4: 10.1.0.0/16}\nhosts: {}\n"))
        .containsExactly("f.yaml:3:3: 10.1.0.0/16 overlaps 10.0.0.0/8 of network a");
  }

  @Test
  void theSameNameForTwoHostsIsReportedAtTheSecond() {
    assertThat(problems("hosts:\n  a: {aliases: [www]}\n  WWW:\n  a:\n"))
        .containsExactly(
            "f.yaml:3:3: the name WWW belongs to host a already",
            "f.yaml:4:3: the key \"a\" is there twice: first in line 2");
  }

  @Test
  void interfaceAndInterfacesTogetherAreRefused() {
    assertThat(problems("hosts:\n  a: {interface: 1, interfaces: [2]}\n"))
        .containsExactly("f.yaml:2:7: give \"interface\" or \"interfaces\", not both");
  }

  @Test
  void aResolverThatIsNoAddressIsRefused() {
    assertThat(problems("hosts:\n  a: {resolver: [10.0.0.1, ns1]}\n"))
        .containsExactly(
            "f.yaml:2:28: \"ns1\" is no IP address; a resolver is \"lab\" or one to three"
                + " addresses");
  }

  @Test
  void aNameForTheLabThatIsNoneIsRefused() {
    assertThat(problems("lab: ../x\nhosts: {a: }\n"))
        .singleElement()
        .asString()
        .startsWith("f.yaml:1:6: \"../x\" is no name for a lab: ");
  }

  @Test
  void aFileNameThatIsNoNameForALabAsksForOne() {
    BadInputException e =
        catchThrowableOfType(
            BadInputException.class, () -> LabFile.parse("my lab.yaml", "hosts: {}"));

    assertThat(e)
        .hasMessageStartingWith("my lab.yaml:1:1: \"my lab\" is no name for a lab: ")
        .hasMessageEndingWith("; give it one with \"lab: NAME\"");
  }

  @Test
  void whatWouldTurnATerminalUpsideDownIsNotRepeated() {
    assertThat(problems("hosts: {\"a\\e[2J\": }\n"))
        .singleElement()
        .asString()
        .startsWith("f.yaml:1:9: \"a [2J\" is no host name");
  }

  @Test
  void whatIsNoNameOfAPackageIsReported() {
    assertThat(problems("hosts:\n  a: {packages: [nginx, Nginx, vim-, -y]}\n"))
        .containsExactly(
            "f.yaml:2:25: \"Nginx\" is no name of a Debian package: small letters, digits, + - .",
            "f.yaml:2:32: \"vim-\" is no name of a Debian package: small letters, digits, + - .",
            "f.yaml:2:38: \"-y\" is no name of a Debian package: small letters, digits, + - .");
  }

  private static List<String> problems(String text) {
    BadInputException e =
        catchThrowableOfType(BadInputException.class, () -> LabFile.parse("f.yaml", text));
    return Optional.ofNullable(e).orElseThrow().problems().stream().map(Object::toString).toList();
  }
}
