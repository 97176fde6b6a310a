package dev.warren.lab;

import static dev.warren.lab.Contact.isCutOff;
import static dev.warren.lab.Contact.reaches;
import static dev.warren.lab.LabFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.NetworkDescription;
import dev.warren.lab.description.NetworkSettings;
import dev.warren.lab.description.Subnet;
import dev.warren.lab.event.Event;
import dev.warren.lab.event.Occurrence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Links are cut and mended, networks parted and healed, while hosts run. */
@Timeout(60)
class LinkTest {
  private static final LabDescription LAB =
      LabDescription.builder("links")
          .network("lan", "10.9.0.0/24", "fd09::/64")
          .network(
              new NetworkDescription(
                  "wire",
                  Optional.of(Subnet.parse("10.6.0.0/24")),
                  Optional.empty(),
                  NetworkSettings.DEFAULT.asCable()))
          .network("back", "10.8.0.0/24")
          .root(HostDescription.named("root").on("lan").on("back").build())
          .host(HostDescription.named("a").on("lan", 1).on("back", 4).on("wire", 6))
          .host(HostDescription.named("b").on("lan", 2).on("back", 5).on("wire", 7))
          .host(HostDescription.named("c").on("lan", 3))
          .build();

  @TempDir Path state;
  private Lab lab;
  private Host a;
  private Host b;
  private Host c;

  @BeforeEach
  void start() throws IOException {
    lab = Lab.start(LAB, LabSettings.in(state));
    a = lab.host("a");
    b = lab.host("b");
    c = lab.host("c");
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @Test
  void aHostWhoseLinkIsCutSeesNoCarrierAndReachesNobody() throws Exception {
    a.link("veth1").cut();

    await().untilAsserted(() -> assertThat(carrier(a, "veth1")).isEqualTo("0"));
    assertThat(isCutOff(b, a, "10.9.0.1")).isTrue();
    assertThat(isCutOff(a, b, "10.9.0.2")).isTrue();
    assertThat(a.link("veth1").isCut()).isTrue();
  }

  @Test
  void theOtherLinksOfAHostGoOn() throws Exception {
    a.link("lan").cut();

    assertThat(reaches(a, b, "10.8.0.5")).isTrue();
    assertThat(reaches(c, b, "10.9.0.2")).isTrue();
  }

  @Test
  void aMendedLinkCarriesAgainWithTheAddressesItHad() throws Exception {
    a.link("veth1").cut();
    a.link("veth1").mend();

    assertThat(a.link("veth1").isCut()).isFalse();
    assertThat(reaches(b, a, "10.9.0.1")).isTrue();
    assertThat(reaches(a, b, "fd09::2")).isTrue();
  }

  @Test
  void cuttingTwiceAndMendingTwiceDoNothingMore() throws Exception {
    List<Event> events = heard();
    Link link = a.link("veth1");
    link.cut();
    link.cut();
    link.mend();
    link.mend();

    assertThat(events)
        .containsExactly(
            new Event.LinkCut("a", "veth1", "lan"), new Event.LinkMended("a", "veth1", "lan"));
  }

  @Test
  void anIsolatedHostReachesNobodyUntilItRejoins() throws Exception {
    a.isolate();
    assertThat(isCutOff(a, b, "10.9.0.2")).isTrue();
    assertThat(isCutOff(a, b, "10.8.0.5")).isTrue();

    a.rejoin();
    assertThat(reaches(a, b, "10.9.0.2")).isTrue();
    assertThat(reaches(a, b, "10.8.0.5")).isTrue();
  }

  @Test
  void hostsOfDifferentGroupsDoNotReachEachOther() throws Exception {
    lab.partition("lan", List.of(Set.of("a", "b"), Set.of("c")));

    assertThat(reaches(a, b, "10.9.0.2")).isTrue();
    assertThat(isCutOff(a, c, "10.9.0.3")).isTrue();
    assertThat(isCutOff(c, b, "10.9.0.2")).isTrue();
    assertThat(lab.partitions()).containsEntry("lan", List.of(Set.of("a", "b"), Set.of("c")));
  }

  @Test
  void theRootIsWithThoseThatNoGroupNames() throws Exception {
    lab.partition("lan", List.of(Set.of("a")));

    assertThat(isCutOff(lab.root(), a, "10.9.0.1")).isTrue();
    assertThat(reaches(lab.root(), b, "10.9.0.2")).isTrue();
    assertThat(reaches(c, b, "10.9.0.2")).isTrue();
  }

  @Test
  void theRootIsInTheGroupThatNamesIt() throws Exception {
    lab.partition("lan", List.of(Set.of("a", "root")));

    assertThat(reaches(lab.root(), a, "10.9.0.1")).isTrue();
    assertThat(isCutOff(lab.root(), b, "10.9.0.2")).isTrue();
    assertThat(reaches(c, b, "10.9.0.2")).isTrue();
  }

  @Test
  void aHealedNetworkIsWhole() throws Exception {
    lab.partition("lan", List.of(Set.of("a"), Set.of("b"), Set.of("c")));
    lab.heal("lan");

    for (Host from : List.of(lab.root(), b, c)) {
      assertThat(reaches(from, a, "10.9.0.1")).as(from.name()).isTrue();
    }
    assertThat(lab.partitions()).isEmpty();
    assertThat(ask(lab.root(), "ls /sys/class/net")).doesNotContain("part");
  }

  @Test
  void aNetworkIsPartedAnewAndOthersStayAsTheyAre() throws Exception {
    lab.partition("back", List.of(Set.of("a"), Set.of("b")));
    lab.partition("lan", List.of(Set.of("a")));
    lab.partition("lan", List.of(Set.of("c")));

    assertThat(reaches(a, b, "10.9.0.2")).isTrue();
    assertThat(isCutOff(c, b, "10.9.0.2")).isTrue();
    assertThat(isCutOff(a, b, "10.8.0.5")).isTrue();
  }

  @Test
  void aLinkThatIsCutStaysCutInAPartition() throws Exception {
    a.link("lan").cut();
    lab.partition("lan", List.of(Set.of("a", "b")));

    assertThat(isCutOff(a, b, "10.9.0.2")).isTrue();
    a.link("lan").mend();
    assertThat(reaches(a, b, "10.9.0.2")).isTrue();
  }

  @Test
  void bothEndsOfAMereCableLoseTheCarrier() throws Exception {
    a.link("wire").cut();

    await().untilAsserted(() -> assertThat(carrier(a, "veth6")).isEqualTo("0"));
    await().untilAsserted(() -> assertThat(carrier(b, "veth7")).isEqualTo("0"));
    b.link("wire").mend();
    assertThat(reaches(a, b, "10.6.0.2")).isTrue();
  }

  @Test
  void whatCannotBePartedIsRefusedWithTheReason() {
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(() -> lab.partition("wan", List.of()))
        .withMessage("lab links has no network wan, only [lan, wire, back]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lab.partition("back", List.of(Set.of("c"))))
        .withMessage("host c is not on network back");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lab.partition("lan", List.of(Set.of("a"), Set.of("a", "b"))))
        .withMessage("host a is in two groups");
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(() -> a.link("veth9"))
        .withMessage("host a has no link veth9, only [veth1, veth4, veth6]");
  }

  private List<Event> heard() {
    List<Event> events = new CopyOnWriteArrayList<>();
    var _ = lab.events().subscribe((Occurrence one) -> events.add(one.event()));
    return events;
  }

  private static String carrier(Host host, String link) throws Exception {
    return ask(host, "cat /sys/class/net/" + link + "/carrier");
  }
}
