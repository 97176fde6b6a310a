package dev.warren.lab.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabDescriptionTest {

  private final LabBuilder lab = LabDescription.builder("test");

  @Test
  void withoutNetworksItHasTheOneOfSambasSelftest() {
    LabDescription built = lab.host(HostDescription.named("dc").on("selftest0", 30)).build();

    assertThat(built.networks()).containsExactly(NetworkDescription.SELFTEST0);
    assertThat(addresses(built, "dc")).containsExactly("10.53.57.30", "fd00::5357:5f1e");
  }

  @Test
  void theRootIsOnEveryNetworkWithTheClientsNumber() {
    LabDescription built = lab.network("lan", "10.1.0.0/24").network("wan", "10.2.0.0/24").build();

    assertThat(addresses(built, "root")).containsExactly("10.1.0.11", "10.2.0.11");
  }

  @Test
  void theRootTakesTheGreatestFreeNumberWhereTheClientsDoesNotFitOrIsTaken() {
    LabDescription built =
        lab.network("tiny", "10.1.0.0/29")
            .network("lan", "10.2.0.0/24")
            .host(HostDescription.named("a").on("tiny", 6))
            .host(HostDescription.named("b").on("lan", 11))
            .build();

    assertThat(addresses(built, "root")).containsExactly("10.1.0.5", "10.2.0.254");
  }

  @Test
  void automaticInterfacesGetTheLowestNumbersThatNobodyHas() {
    lab.host(HostDescription.named("a").on("selftest0"));
    lab.host(HostDescription.named("b").on("selftest0", 2));
    lab.host(HostDescription.named("c").on("selftest0").on("selftest0"));

    LabDescription built = lab.build();

    assertThat(built.hosts())
        .extracting(
            host -> host.interfaces().stream().map(InterfaceDescription::nameInHost).toList())
        .containsExactly(List.of("veth1"), List.of("veth2"), List.of("veth3", "veth4"));
  }

  @Test
  void automaticNumbersPassOverTheRoots() {
    for (int i = 0; i < 12; i++) {
      lab.host(HostDescription.named("h" + i).on("selftest0"));
    }

    assertThat(addresses(lab.build(), "h10")).first().isEqualTo("10.53.57.12");
  }

  @Test
  void aThousandHostsFitOnANetwork() {
    lab.network("big", "10.0.0.0/16", "fd00::/112");
    for (int i = 0; i < 1000; i++) {
      lab.host(HostDescription.named("h" + i).on("big"));
    }

    assertThat(addresses(lab.build(), "h999")).containsExactly("10.0.3.233", "fd00::3e9");
  }

  @Test
  void hostsAreFoundByNameWithoutRegardToCase() {
    LabDescription built = lab.host(HostDescription.named("LocalDC").on("selftest0")).build();

    assertThat(built.host("localdc")).contains(built.hosts().getFirst());
    assertThat(built.host("root")).contains(built.root());
    assertThat(built.host("other")).isEmpty();
  }

  @Test
  void twoHostsWithOneInterfaceNumberAreRefusedEvenOnTwoNetworks() {
    lab.network("lan", "10.1.0.0/24").network("wan", "10.2.0.0/24");
    lab.host(HostDescription.named("a").on("lan", 3)).host(HostDescription.named("b").on("wan", 3));

    assertThat(faults())
        .containsExactly(
            new Fault(new Subject.Interface(1, 0), "interface number 3 belongs to host a already"));
  }

  @Test
  void aHostWithAnAddressOfTheRootIsRefused() {
    lab.root(HostDescription.named("client").on("selftest0", 11).build());
    lab.host(HostDescription.named("a").on("selftest0", 11));

    assertThat(faults())
        .containsExactly(
            new Fault(
                new Subject.Interface(0, 0), "the address 10.53.57.11 belongs to client already"));
  }

  @Test
  void aNumberThatDoesNotFitTheSubnetIsRefused() {
    lab.host(HostDescription.named("a").on("selftest0", 255));

    assertThat(faults())
        .containsExactly(
            new Fault(
                new Subject.Interface(0, 0),
                "interface number 255 does not fit into 10.53.57.0/24 of network selftest0: 1 to"
                    + " 254"));
  }

  @Test
  void aFullNetworkIsRefused() {
    lab.network("tiny", "10.1.0.0/30");
    lab.host(HostDescription.named("a").on("tiny")).host(HostDescription.named("b").on("tiny"));

    assertThat(faults())
        .containsExactly(
            new Fault(
                new Subject.Interface(1, 0),
                "no number is left for host b on network tiny: 1 to 2"));
  }

  @Test
  void anUnknownNetworkIsRefusedWithTheOneThatWasMeant() {
    lab.host(HostDescription.named("a").on("selftset0"));

    assertThat(faults())
        .containsExactly(
            new Fault(
                new Subject.Interface(0, 0),
                "there is no network \"selftset0\"; did you mean \"selftest0\"?"));
  }

  @Test
  void overlappingNetworksAndTwiceGivenNamesAreRefused() {
    lab.network("lan", "10.1.0.0/16", "fd01::/64").network("lan", "10.1.2.0/24", "fd02::/64");

    assertThat(faults())
        .contains(
            new Fault(new Subject.Network(1), "10.1.2.0/24 overlaps 10.1.0.0/16 of network lan"),
            new Fault(new Subject.Network(1), "two networks are called lan"));
  }

  @Test
  void aNameOfAnotherHostIsRefusedWithoutRegardToCase() {
    lab.host(HostDescription.named("a").alias("www").on("selftest0"));
    lab.host(HostDescription.named("WWW").on("selftest0"));

    assertThat(faults())
        .containsExactly(new Fault(new Subject.Host(1), "the name WWW belongs to host a already"));
  }

  @Test
  void privateDirectoriesAndAccountsThatAreThereTwiceAreRefused() {
    UserDescription ada = new UserDescription("ada", 1000, 1000, "", "/home/ada", "/bin/sh");
    GroupDescription staff = new GroupDescription("staff2", 1000, List.of());
    lab.host(
        HostDescription.named("a")
            .privateDirectory(Path.of("/srv"))
            .privateDirectory(Path.of("/srv"))
            .user(ada)
            .user(ada)
            .group(staff)
            .group(staff));

    assertThat(faults())
        .extracting(Fault::message)
        .containsExactly(
            "/srv is private twice on host a",
            "host a has two users ada",
            "host a has two groups staff2");
  }

  @Test
  void theExceptionHoldsEveryFaultOnALine() {
    lab.host(HostDescription.named("a").on("lan")).host(HostDescription.named("b").on("wan"));

    assertThatThrownBy(lab::build)
        .hasMessage(
            "the lab test cannot be:\nthere is no network \"lan\"\nthere is no network \"wan\"");
  }

  private List<Fault> faults() {
    return catchThrowableOfType(InvalidLabException.class, lab::build).faults();
  }

  private static List<String> addresses(LabDescription lab, String host) {
    return lab.addresses(lab.host(host).orElseThrow()).stream().map(IpAddresses::text).toList();
  }
}
