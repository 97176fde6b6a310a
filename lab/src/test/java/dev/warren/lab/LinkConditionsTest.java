package dev.warren.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.warren.lab.description.Conditions;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.LabOptions;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.description.NetworkDescription;
import dev.warren.lab.description.NetworkSettings;
import dev.warren.lab.description.Subnet;
import dev.warren.lab.wire.LinkReport;
import dev.warren.lab.wire.Means;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What conditions do to packets between host a, whose link has them, and host b. */
@Timeout(120)
class LinkConditionsTest {
  private static final int A = 30;
  private static final String A_ADDRESS = "10.53.57.30";
  private static final String B_ADDRESS = "10.53.57.200";
  private static final LabOptions SEED = LabOptions.DEFAULT.withSeed(42);

  private static final LinkConditions LOSSY =
      LinkConditions.PERFECT.withToHost(Conditions.NONE.withLoss(20));

  @TempDir Path state;
  private Lab lab;
  private Datagrams toA;

  @BeforeEach
  void start() throws Exception {
    lab = start(LabOptions.DEFAULT);
    toA = toA(lab);
  }

  private Lab start(LabOptions options) throws Exception {
    return Lab.start(
        LabDescription.builder("conditions")
            .host(HostDescription.named("a").on("selftest0", A))
            .host(HostDescription.named("b").on("selftest0", 200))
            .options(options)
            .build(),
        LabSettings.in(state));
  }

  /** After a first exchange both know each other: what follows is all theirs. */
  private static Datagrams toA(Lab lab) throws Exception {
    Datagrams datagrams = Datagrams.between(lab.host("b"), lab.host("a"), B_ADDRESS, A_ADDRESS);
    assertThat(datagrams.roundTrip()).isLessThan(Duration.ofSeconds(1));
    return datagrams;
  }

  @AfterEach
  void end() {
    toA.close();
    lab.close();
  }

  private void set(Conditions toHost, Conditions fromHost) throws Exception {
    lab.setConditions("a", A, new LinkConditions(toHost, fromHost));
  }

  private void both(Conditions conditions) throws Exception {
    set(conditions, conditions);
  }

  private static Conditions delay(int millis) {
    return Conditions.NONE.withDelay(Duration.ofMillis(millis));
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  void aDelayIsAddedInEachDirection() throws Exception {
    set(delay(20), delay(40));
    assertThat(toA.roundTrip()).isBetween(Duration.ofMillis(60), Duration.ofMillis(200));
  }

  @Test
  void withoutADelayTheWireIsFast() throws Exception {
    both(Conditions.NONE.withLoss(0.001));
    assertThat(toA.roundTrip()).isLessThan(Duration.ofMillis(20));
  }

  @Test
  void jitterChangesTheTimeOfPacketsButNotTheirOrder() throws Exception {
    set(delay(30).withJitter(Duration.ofMillis(30)), Conditions.NONE);
    assertThat(toA.send(200, 100)).isEqualTo(numbers(200));
  }

  @Test
  void lossLosesAboutAsManyPacketsAsAsked() throws Exception {
    set(Conditions.NONE.withLoss(20), Conditions.NONE);
    assertThat(toA.send(500, 100)).hasSizeBetween(350, 450).isSorted();
  }

  @Test
  void theSameSeedLosesTheSamePacketsInAnotherLab() throws Exception {
    assertThat(lossy(SEED)).isEqualTo(lossy(SEED)).hasSizeLessThan(300);
  }

  @Test
  void settingTheSameConditionsAgainLosesTheSamePacketsAgain() throws Exception {
    try (Lab seeded = start(SEED);
        Datagrams datagrams = toA(seeded)) {
      seeded.setConditions("a", A, LOSSY);
      List<Integer> first = datagrams.send(300, 100);
      seeded.setConditions("a", A, LOSSY);
      assertThat(datagrams.send(300, 100)).isEqualTo(first);
    }
  }

  @Test
  void anotherSeedLosesOtherPackets() throws Exception {
    assertThat(lossy(SEED)).isNotEqualTo(lossy(LabOptions.DEFAULT.withSeed(43)));
  }

  private List<Integer> lossy(LabOptions options) throws Exception {
    try (Lab seeded = start(options);
        Datagrams datagrams = toA(seeded)) {
      seeded.setConditions("a", A, LOSSY);
      assertThat(seeded.conditions("a", A).means()).isEqualTo(Means.WIRE);
      return datagrams.send(300, 100);
    }
  }

  /** Not to netem, also where that is used for what comes before and behind. */
  @Test
  void chanceIsLeftToAWireWhereSomebodyAskedForASeed() throws Exception {
    LinkConditions slow = LinkConditions.both(delay(1));
    try (Lab seeded = start(SEED)) {
      for (LinkConditions conditions : List.of(slow, LOSSY, slow, LOSSY)) {
        seeded.setConditions("a", A, conditions);
        LinkReport report = seeded.conditions("a", A);
        assertThat(report.conditions()).isEqualTo(conditions);
        assertThat(report.means() == Means.WIRE || conditions.equals(slow)).isTrue();
      }
    }
  }

  @Test
  void aLabWithoutASeedTellsTheOneThatItTook() throws Exception {
    try (Lab seeded = start(SEED)) {
      assertThat(seeded.seed()).isEqualTo(42);
    }
    try (Lab one = start(LabOptions.DEFAULT);
        Lab two = start(LabOptions.DEFAULT)) {
      assertThat(one.seed()).isPositive().isNotEqualTo(two.seed());
    }
  }

  @Test
  void everythingCanBeLostInOneDirectionAlone() throws Exception {
    set(Conditions.NONE, Conditions.NONE.withLoss(100));
    assertThat(toA.send(20, 100)).isEqualTo(numbers(20));
    try (Datagrams toB = Datagrams.between(lab.host("a"), lab.host("b"), A_ADDRESS, B_ADDRESS)) {
      assertThat(toB.send(20, 100)).isEmpty();
    }
  }

  @Test
  void duplicatedPacketsComeTwice() throws Exception {
    set(Conditions.NONE.withDuplicate(50), Conditions.NONE);
    List<Integer> received = toA.send(200, 100);
    assertThat(received).hasSizeBetween(250, 350).isSorted();
    assertThat(new HashSet<>(received)).hasSize(200);
  }

  @Test
  void reorderedPacketsOvertakeTheOthers() throws Exception {
    set(delay(50).withReorder(20), Conditions.NONE);
    List<Integer> received = toA.send(100, 100);
    assertThat(received).containsExactlyInAnyOrderElementsOf(numbers(100));
    assertThat(received).isNotEqualTo(numbers(100));
  }

  @Test
  void corruptedPacketsAreFoundByTheirChecksums() throws Exception {
    set(Conditions.NONE.withCorrupt(20), Conditions.NONE);
    assertThat(toA.send(500, 1000)).hasSizeBetween(350, 450);
  }

  @Test
  void aRateLimitsHowMuchGetsThrough() throws Exception {
    both(Conditions.NONE.withRate(10_000_000));
    try (Transfer up = Transfer.between(lab.host("a"), lab.host("b"), B_ADDRESS);
        Transfer down = Transfer.between(lab.host("b"), lab.host("a"), A_ADDRESS)) {
      // 1.2 s at 10 Mbit/s, and a bit for headers; less for what may go at once at the start.
      assertThat(up.send(1_500_000)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
      assertThat(down.send(1_500_000)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
    }
  }

  @Test
  void aRateWithADelayIsOfTheSameSpeed() throws Exception {
    both(delay(10).withRate(10_000_000));
    try (Transfer down = Transfer.between(lab.host("b"), lab.host("a"), A_ADDRESS)) {
      assertThat(down.send(1_500_000)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10})
  void whatDoesNotFitIntoTheQueueIsLost(int millis) throws Exception {
    set(delay(millis).withRate(100_000).withQueue(15_000), Conditions.NONE);
    // 1.2 s for what fits into the queue; the burst is over long before.
    assertThat(toA.send(50, 1400)).hasSizeBetween(8, 20).contains(0, 1, 2);
  }

  /** Offloads on the way: long packets that must be cut, checksums that must be completed. */
  @ParameterizedTest
  @ValueSource(strings = {A_ADDRESS, "fd00::5357:5f1e"})
  void tcpGetsEveryByteThrough(String address) throws Exception {
    for (Conditions conditions :
        List.of(
            delay(1),
            Conditions.NONE.withLoss(0.1),
            delay(1).withCorrupt(0.1).withDuplicate(1).withReorder(0.5))) {
      both(conditions);
      try (Transfer transfer = Transfer.between(lab.host("b"), lab.host("a"), address)) {
        assertThat(transfer.send(10_000_000)).as("%s", conditions).isPositive();
      }
    }
  }

  @Test
  void aConnectionSurvivesThatConditionsComeAndGo() throws Exception {
    try (Transfer transfer = Transfer.between(lab.host("b"), lab.host("a"), A_ADDRESS)) {
      assertThat(transfer.send(1_000_000)).isPositive();
      both(delay(5).withLoss(1));
      assertThat(transfer.send(1_000_000)).isPositive();
      both(Conditions.NONE.withRate(100_000_000));
      assertThat(transfer.send(1_000_000)).isPositive();
      both(Conditions.NONE);
      assertThat(transfer.send(1_000_000)).isPositive();
    }
  }

  @Test
  void conditionsChangeAtOnce() throws Exception {
    both(delay(200));
    assertThat(toA.roundTrip()).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    both(delay(10));
    assertThat(toA.roundTrip()).isBetween(Duration.ofMillis(20), Duration.ofMillis(150));
  }

  @Test
  void aLinkIsAsFastAsBeforeWhenItsConditionsAreTakenAway() throws Exception {
    both(delay(100).withRate(1_000_000));
    lab.setConditions("a", A, LinkConditions.PERFECT);

    assertThat(lab.conditions("a", A)).isEqualTo(LinkReport.PLAIN);
    assertThat(toA.roundTrip()).isLessThan(Duration.ofMillis(20));
    try (Transfer transfer = Transfer.between(lab.host("b"), lab.host("a"), A_ADDRESS)) {
      assertThat(transfer.send(20_000_000)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void theReportSaysWhatHoldsAndByWhichMeans() throws Exception {
    assertThat(lab.conditions("a", A)).isEqualTo(LinkReport.PLAIN);
    LinkConditions lossy = LinkConditions.both(delay(5).withLoss(50));
    lab.setConditions("a", A, lossy);
    assertThat(lab.conditions("a", A).conditions()).isEqualTo(lossy);
    assertThat(lab.conditions("a", A).means()).isIn(Means.WIRE, Means.NETEM);

    both(Conditions.NONE.withRate(1_000_000));
    assertThat(lab.conditions("a", A).means()).isIn(Means.TBF, Means.NETEM);
    assertThat(lab.conditions("b", 200).means()).isEqualTo(Means.PLAIN);
  }

  @Test
  void aWireCountsWhatItDid() throws Exception {
    set(Conditions.NONE.withLoss(20), Conditions.NONE);
    int received = toA.send(200, 100).size();

    lab.conditions("a", A)
        .toHost()
        .ifPresent(
            counters -> {
              assertThat(counters.packets()).isGreaterThanOrEqualTo(200);
              assertThat(counters.lost()).isGreaterThanOrEqualTo(200L - received);
              assertThat(counters.overflowed()).isZero();
            });
  }

  @Test
  void onlyACableHasConditions() {
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(() -> lab.setConditions("a", 31, LinkConditions.PERFECT))
        .withMessage("host a has no interface 31");
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(() -> lab.conditions("root", 11))
        .withMessage("host root is the root, which has no cables");
  }

  @Test
  void aHostWhoseLinkIsCutHasNoCarrierWhateverItsConditions() throws Exception {
    both(delay(1));
    Link link = lab.host("a").link("veth30");

    link.cut();
    await().untilAsserted(() -> assertThat(carrier()).isEqualTo("0"));
    link.mend();
    await().untilAsserted(() -> assertThat(carrier()).isEqualTo("1"));
    assertThat(toA.roundTrip()).isGreaterThanOrEqualTo(Duration.ofMillis(2));
  }

  @Test
  void aCutLinkStaysCutWhenConditionsComeAndGo() throws Exception {
    Link link = lab.host("a").link("veth30");
    link.cut();
    both(delay(1));
    assertThat(carrier()).isEqualTo("0");
    link.mend();
    assertThat(toA.roundTrip()).isBetween(Duration.ofMillis(2), Duration.ofSeconds(1));

    link.cut();
    lab.setConditions("a", A, LinkConditions.PERFECT);
    assertThat(carrier()).isEqualTo("0");
    link.mend();
    assertThat(toA.roundTrip()).isLessThan(Duration.ofSeconds(1));
  }

  private String carrier() throws Exception {
    return LabFixture.ask(lab.host("a"), "cat /sys/class/net/veth30/carrier");
  }

  /** So short an MTU has no IPv6. */
  @ParameterizedTest
  @ValueSource(ints = {1000, 9000})
  void conditionsHoldOnANetworkOfAnyMtu(int mtu) throws Exception {
    LabDescription described =
        LabDescription.builder("mtu")
            .network(
                new NetworkDescription(
                    "lan",
                    Optional.of(Subnet.parse("10.1.0.0/24")),
                    Optional.empty(),
                    NetworkSettings.DEFAULT.mtu(mtu)))
            .host(HostDescription.named("a").on("lan", 1))
            .host(HostDescription.named("b").on("lan", 2))
            .build();
    try (Lab other = Lab.start(described, LabSettings.in(state));
        Datagrams datagrams =
            Datagrams.between(other.host("b"), other.host("a"), "10.1.0.2", "10.1.0.1")) {
      other.setConditions("a", 1, LinkConditions.both(delay(10)));
      assertThat(datagrams.roundTrip()).isBetween(Duration.ofMillis(20), Duration.ofSeconds(1));
      other.setConditions("a", 1, LinkConditions.PERFECT);
      assertThat(datagrams.roundTrip()).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void conditionsOfTheDescriptionHoldFromTheStart() throws Exception {
    LabDescription described =
        LabDescription.builder("described")
            .host(
                HostDescription.named("a")
                    .on(
                        new InterfaceDescription("selftest0", A)
                            .withConditions(LinkConditions.both(delay(30)))))
            .host(HostDescription.named("b").on("selftest0", 200))
            .build();
    try (Lab other = Lab.start(described, LabSettings.in(state));
        Datagrams datagrams =
            Datagrams.between(other.host("b"), other.host("a"), B_ADDRESS, A_ADDRESS)) {
      assertThat(datagrams.roundTrip()).isGreaterThanOrEqualTo(Duration.ofMillis(60));
    }
  }
}
