package dev.warren.lab.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostDescriptionTest {

  private final HostBuilder host = HostDescription.named("localdc");

  @Test
  void aHostIsKnownByItsFullNameItsShortNameAndItsAliases() {
    HostDescription dc = host.domain("samba.example.com").alias("gc").alias("localdc").build();

    assertThat(dc.fqdn()).isEqualTo("localdc.samba.example.com");
    assertThat(dc.names()).containsExactly("localdc.samba.example.com", "localdc", "gc");
  }

  @Test
  void withoutADomainTheShortNameIsTheFullOne() {
    assertThat(host.build().fqdn()).isEqualTo("localdc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a-", "_a", "a_", "a.b", "a b", "10", "0x1f", "localhost", "ä"})
  void whatIsNoLabelOrLooksLikeAnAddressIsNoHostName(String name) {
    assertThatThrownBy(() -> HostDescription.named(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"" + name + "\" ");
  }

  @Test
  void aHostNameMayHaveUnderscoresWithin() {
    HostDescription dc =
        HostDescription.named("addc_no_nss").domain("example.com").alias("a_b.example.com").build();

    assertThat(dc.names())
        .containsExactly("addc_no_nss.example.com", "addc_no_nss", "a_b.example.com");
    assertThatThrownBy(() -> host.domain("a_b.example.com"))
        .hasMessageStartingWith("\"a_b.example.com\" is no domain name: ");
  }

  @Test
  void aHostNameHasAtMost63Characters() {
    assertThat(HostDescription.named("a".repeat(63)).build().name()).hasSize(63);
    assertThatThrownBy(() -> HostDescription.named("a".repeat(64)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theFullNameHasAtMost253Characters() {
    String domain = "%s.%s.%s".formatted("b".repeat(63), "c".repeat(63), "d".repeat(63));

    assertThat(host.domain(domain + "." + "e".repeat(53)).build().fqdn()).hasSize(253);
    assertThatThrownBy(() -> host.domain(domain + "." + "e".repeat(54)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/usr", "/etc", "/proc", "/sys/fs", "var", "/a/../etc", "/a/./b", ""})
  void directoriesThatAHostNeedsOrThatAreNotPlainCannotBePrivate(String path) {
    assertThatThrownBy(() -> host.privateDirectory(Path.of(path)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"" + path + "\" ");
  }

  @Test
  void aUserMakesOneGoodLineOfPasswd() {
    assertThatThrownBy(() -> new UserDescription("ada", 1000, 1000, "A:B", "/", "/bin/sh"))
        .hasMessage("the full name \"A:B\" holds a colon or a control character");
    assertThatThrownBy(() -> new UserDescription("Ada", 1000, 1000, "", "/", "/bin/sh"))
        .hasMessageStartingWith("\"Ada\" is no user or group name: ");
    assertThatThrownBy(() -> new UserDescription("ada", -1, 1000, "", "/", "/bin/sh"))
        .hasMessage("the id -1 is negative");
  }

  @Test
  void aFileIsAtAPlainAbsolutePath() {
    assertThatThrownBy(() -> new FileDescription(Path.of("etc/motd"), 0644, ""))
        .hasMessage("\"etc/motd\" is not an absolute path");
    assertThatThrownBy(() -> new FileDescription(Path.of("/proc/1/mem"), 0644, ""))
        .hasMessage("\"/proc/1/mem\" is the kernel's");
    assertThatThrownBy(() -> new FileDescription(Path.of("/a"), 010000, ""))
        .hasMessage("10000 is no file mode: 0 to 7777");
  }

  @Test
  void aResolverHasOneToThreeServers() {
    assertThatThrownBy(() -> Resolver.addresses(List.of()))
        .hasMessage("a resolver has one to three servers, not 0");
  }

  @Test
  void aCableIsNamedAfterItsNumberAtBothEnds() {
    InterfaceDescription cable = new InterfaceDescription("selftest0", 30);

    assertThat(cable.nameInHost()).isEqualTo("veth30");
    assertThat(cable.nameOnBridge()).isEqualTo("veth30-br");
  }

  @Test
  void theLongestCableNameFitsTheKernel() {
    int most = InterfaceDescription.MAX_NUMBER;

    assertThat(new InterfaceDescription("lan", most).nameOnBridge()).hasSize(15);
    assertThatThrownBy(() -> new InterfaceDescription("lan", most + 1))
        .hasMessage("100000000 is no interface number: 1 to 99999999");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a.b", "0123456789abcdef", "lo", "all", "default", "veth3", "veth3-br"})
  void aNetworksNameIsFreeForABridge(String name) {
    assertThatThrownBy(() -> LabDescription.builder("x").network(name, "10.0.0.0/24"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"" + name + "\" is ");
  }
}
