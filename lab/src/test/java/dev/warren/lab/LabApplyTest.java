package dev.warren.lab;

import static dev.warren.lab.Contact.isCutOff;
import static dev.warren.lab.Contact.reaches;
import static dev.warren.lab.LabFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.warren.lab.description.CaptureDescription;
import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.Conditions;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.LabBuilder;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.event.Event;
import dev.warren.lab.plan.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A description that is applied is the truth, whatever was done to the lab since it started. */
@Timeout(60)
class LabApplyTest {
  private static final LinkConditions LOSSY =
      LinkConditions.PERFECT.withToHost(Conditions.NONE.withLoss(20));

  @TempDir Path state;
  private Lab lab;
  private Host a;
  private Host b;
  private final List<Event> events = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws IOException {
    lab = Lab.start(lab(42).build(), LabSettings.in(state));
    a = lab.host("a");
    b = lab.host("b");
    var _ = lab.events().subscribe(one -> events.add(one.event()));
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @Test
  void aLinkThatWasCutIsMended() throws Exception {
    a.link("lan").cut();

    assertThat(apply(lab(42))).containsExactly("mend veth1 of host a");

    assertThat(a.link("lan").isCut()).isFalse();
    assertThat(reaches(b, a, "10.9.0.1")).isTrue();
    assertThat(events).contains(new Event.LinkMended("a", "veth1", "lan"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b"})
  void aLinkThatWasCutIsCutAgainWhenAChangeOfItFails(String name) throws Exception {
    Host host = lab.host(name);
    host.link("lan").cut();
    LabDescription wanted =
        LabDescription.builder("applied")
            .network("lan", "10.9.0.0/24")
            .root(HostDescription.named("root").build())
            .host(HostDescription.named("a").on("lan", 3))
            .host(HostDescription.named("b").on("lan", 4))
            .capture(
                new CaptureDescription(
                    new CaptureTarget.Link("b", 0), state.resolve("nowhere/b.pcapng")))
            .build();

    assertThatIOException().isThrownBy(() -> lab.apply(wanted)).withMessageContaining("nowhere");

    assertThat(host.link("lan").isCut()).isTrue();
    assertThat(ask(host, "cat /sys/class/net/" + host.link("lan").name() + "/carrier"))
        .isEqualTo("0");
    assertThat(lab.conditions("b", 2).conditions()).isEqualTo(LOSSY);
    host.link("lan").mend();
    assertThat(reaches(b, a, "10.9.0.1")).isTrue();
  }

  @Test
  void aNetworkThatWasPartedIsHealed() throws Exception {
    lab.partition("lan", List.of(Set.of("a"), Set.of("b")));

    assertThat(apply(lab(42))).containsExactly("heal network lan");

    assertThat(lab.partitions()).isEmpty();
    assertThat(reaches(b, a, "10.9.0.1")).isTrue();
    assertThat(events).contains(new Event.NetworkHealed("lan"));
  }

  @Test
  void conditionsThatWereSetAreThoseOfTheDescriptionAgain() throws Exception {
    LinkConditions slow =
        LinkConditions.PERFECT.withToHost(Conditions.NONE.withDelay(Duration.ofMillis(5)));
    lab.setConditions("a", 1, slow);
    lab.setConditions("b", 2, LinkConditions.PERFECT);

    assertThat(apply(lab(42)))
        .containsExactly(
            "set conditions of veth1 of host a to perfect",
            "set conditions of veth2 of host b to " + LOSSY.describe());

    assertThat(lab.conditions("a", 1).conditions()).isEqualTo(LinkConditions.PERFECT);
    assertThat(lab.conditions("b", 2).conditions()).isEqualTo(LOSSY);
    assertThat(events)
        .contains(new Event.ConditionsChanged("b", "veth2", LOSSY.describe()))
        .doesNotHaveAnyElementsOfTypes(Event.HostUp.class);
  }

  @Test
  void theDifferenceIsToldAndNothingDone() throws Exception {
    a.link("lan").cut();

    assertThat(lab.difference(lab(42).build())).hasSize(1);

    assertThat(isCutOff(b, a, "10.9.0.1")).isTrue();
  }

  @Test
  void whatWasDoneToLinksStaysWhenAHostIsAdded() throws Exception {
    a.link("lan").cut();
    lab.setConditions("b", 2, LinkConditions.PERFECT);
    lab.partition("lan", List.of(Set.of("b")));

    Host c = lab.add(HostDescription.named("c").on("lan").build());

    assertThat(a.link("lan").isCut()).isTrue();
    assertThat(isCutOff(c, a, "10.9.0.1")).isTrue();
    assertThat(isCutOff(c, b, "10.9.0.2")).isTrue();
    assertThat(lab.conditions("b", 2).conditions()).isEqualTo(LinkConditions.PERFECT);
  }

  @Test
  void anotherSeedLosesPacketsAsInALabThatStartsWithIt() throws Exception {
    List<Integer> lost = arriving(lab);

    assertThat(apply(lab(43))).containsExactly("take chance from seed 43");
    assertThat(lab.seed()).isEqualTo(43);
    List<Integer> other = arriving(lab);

    assertThat(other).isNotEqualTo(lost);
    assertThat(apply(lab(42))).hasSize(1);
    assertThat(arriving(lab)).isEqualTo(lost);
  }

  @Test
  void aDescriptionWithoutASeedIsContentWithAny() throws Exception {
    assertThat(apply(lab())).isEmpty();
    assertThat(apply(lab(42))).isEmpty();
    assertThat(lab.seed()).isEqualTo(42);
  }

  /** What goes from a to b; nothing is left to chance the other way. */
  private static List<Integer> arriving(Lab lab) throws Exception {
    try (Datagrams datagrams =
        Datagrams.between(lab.host("a"), lab.host("b"), "10.9.0.1", "10.9.0.2")) {
      datagrams.introduce();
      return datagrams.send(200, 100);
    }
  }

  private List<String> apply(LabBuilder wanted) throws IOException {
    return lab.apply(wanted.build()).stream().map(Operation::describe).toList();
  }

  private static LabBuilder lab(long seed) {
    return lab().seed(seed);
  }

  private static LabBuilder lab() {
    return LabDescription.builder("applied")
        .network("lan", "10.9.0.0/24")
        .root(HostDescription.named("root").build())
        .host(HostDescription.named("a").on("lan", 1))
        .host(
            HostDescription.named("b")
                .on(InterfaceDescription.automatic("lan").withNumber(2).withConditions(LOSSY)));
  }
}
