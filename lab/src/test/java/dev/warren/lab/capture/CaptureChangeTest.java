package dev.warren.lab.capture;

import static dev.warren.lab.capture.Talk.datagrams;
import static dev.warren.lab.capture.Talk.read;
import static dev.warren.lab.capture.Talk.talk;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.description.CaptureDescription;
import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.Conditions;
import dev.warren.lab.description.FileDescription;
import dev.warren.lab.description.HostBuilder;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabBuilder;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.event.Event;
import dev.warren.lab.event.Occurrence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A capture goes on whatever becomes of what it captures. */
@Timeout(60)
class CaptureChangeTest {
  private static final CaptureTarget A = new CaptureTarget.Link("a", 0);
  private static final HostBuilder HOST_A = HostDescription.named("a").on("lan", 30);
  private static final LinkConditions DELAYED =
      LinkConditions.both(Conditions.NONE.withDelay(Duration.ofMillis(1)));

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("a.pcapng");
  }

  @Test
  void aLinksCaptureGoesOnWhenConditionsComeAndGo() throws Exception {
    try (Lab lab = Lab.start(captured(), LabSettings.in(folder))) {
      talkIsCaptured(lab, 1);
      lab.setConditions("a", 30, DELAYED);
      talkIsCaptured(lab, 2);
      lab.setConditions("a", 30, LinkConditions.both(Conditions.NONE.withRate(100_000_000)));
      talkIsCaptured(lab, 3);
      lab.setConditions("a", 30, LinkConditions.PERFECT);
      talkIsCaptured(lab, 4);
    }
    assertThat(read(file).interfaceNames).containsExactly("a:veth30");
  }

  @Test
  void aCaptureOfALinkWithConditionsGoesOnWhenTheyAreTakenAway() throws Exception {
    try (Lab lab = Lab.start(plain(), LabSettings.in(folder))) {
      lab.setConditions("a", 30, DELAYED);
      try (Capture _ = lab.capture(new CaptureDescription(A, file))) {
        talkIsCaptured(lab, 1);
        lab.setConditions("a", 30, LinkConditions.PERFECT);
        talkIsCaptured(lab, 2);
      }
    }
  }

  @Test
  void aRebootedHostIsCapturedOn() throws Exception {
    try (Lab lab = Lab.start(captured(), LabSettings.in(folder))) {
      talkIsCaptured(lab, 1);
      lab.host("a").reboot();
      talkIsCaptured(lab, 2);
    }
  }

  @Test
  void aHostThatIsMadeAnewIsCapturedOn() throws Exception {
    try (Lab lab = Lab.start(captured(), LabSettings.in(folder))) {
      talkIsCaptured(lab, 1);
      long init = lab.host("a").pid();
      var _ = lab.apply(captured(another(HOST_A)));
      assertThat(lab.host("a").pid()).isNotEqualTo(init);
      talkIsCaptured(lab, 2);
    }
    PcapngReader read = read(file);
    assertThat(read.sections).isOne();
    assertThat(read.interfaceNames).containsExactly("a:veth30");
  }

  @Test
  void aCaptureOnDemandGoesOnWithAHostThatIsMadeAnew() throws Exception {
    try (Lab lab = Lab.start(plain(), LabSettings.in(folder));
        Capture _ = lab.capture(new CaptureDescription(A, file))) {
      talkIsCaptured(lab, 1);
      var _ = lab.apply(base().host(another(HOST_A)).build());
      talkIsCaptured(lab, 2);
    }
  }

  @Test
  void aHostThatIsRemovedAndAddedAgainIsCapturedInTheSameFile() throws Exception {
    try (Lab lab = Lab.start(captured(), LabSettings.in(folder))) {
      List<Event> events = heard(lab);
      talkIsCaptured(lab, 1);
      lab.remove(lab.host("a"));
      await()
          .untilAsserted(() -> assertThat(events).anyMatch(Event.CaptureEnded.class::isInstance));
      var _ = lab.apply(captured());
      assertThat(events).contains(new Event.CaptureStarted("a:veth30", file.toString()));
      talkIsCaptured(lab, 2);
    }
    assertThat(read(file).sections).isEqualTo(2);
  }

  @Test
  void aCaptureFollowsItsHostToAnotherLink() throws Exception {
    try (Lab lab = Lab.start(captured(), LabSettings.in(folder))) {
      talkIsCaptured(lab, 1);
      var _ = lab.apply(captured(HostDescription.named("a").on("lan", 40)));
      talkIsCaptured(lab, 2);
    }
    assertThat(read(file).interfaceNames).containsExactly("a:veth30", "a:veth40");
  }

  @Test
  void aNetworkThatIsMadeAnewIsCapturedOn() throws Exception {
    CaptureDescription lan = new CaptureDescription(new CaptureTarget.Network("lan"), file);
    try (Lab lab = Lab.start(base().host(HOST_A).capture(lan).build(), LabSettings.in(folder))) {
      talkIsCaptured(lab, 1);
      LabDescription wanted =
          LabDescription.builder("captured")
              .network("lan", "10.1.0.0/16")
              .host(HOST_A)
              .host(HostDescription.named("b").on("lan", 31))
              .capture(lan)
              .build();
      var _ = lab.apply(wanted);
      talkIsCaptured(lab, 2);
    }
  }

  @Test
  void capturesOfAChangedLabBeginAndEnd() throws Exception {
    try (Lab lab = Lab.start(plain(), LabSettings.in(folder))) {
      List<Event> events = heard(lab);
      var _ = lab.apply(captured());
      talkIsCaptured(lab, 1);
      assertThat(lab.difference(captured())).isEmpty();
      var _ = lab.apply(plain());

      PcapngReader read = read(file);
      assertThat(read.received).as("complete").isEqualTo(read.packets.size());
      await()
          .untilAsserted(
              () ->
                  assertThat(events)
                      .contains(
                          new Event.CaptureStarted("a:veth30", file.toString()),
                          new Event.CaptureEnded(
                              "a:veth30", file.toString(), read.packets.size())));
    }
  }

  @Test
  void aFileThatIsSpelledInAnotherWayIsTheSame() throws Exception {
    CaptureDescription same = new CaptureDescription(A, folder.resolve("x/../a.pcapng"));
    try (Lab lab = Lab.start(captured(), LabSettings.in(folder))) {
      assertThat(lab.difference(base().host(HOST_A).capture(same).build())).isEmpty();
    }
  }

  @Test
  void aChangeThatFailsLeavesCapturesAsTheyWere() throws Exception {
    Path other = folder.resolve("other.pcapng");
    CaptureDescription impossible =
        new CaptureDescription(new CaptureTarget.Link("c", 0), folder.resolve("nowhere/c.pcapng"));
    LabDescription wanted =
        base()
            .host(HostDescription.named("a").on("lan", 40))
            .host(HostDescription.named("c").on("lan", 41))
            .capture(new CaptureDescription(A, file))
            .capture(new CaptureDescription(new CaptureTarget.Network("lan"), other))
            .capture(impossible)
            .build();
    try (Lab lab = Lab.start(captured(), LabSettings.in(folder))) {
      List<Event> events = heard(lab);
      talkIsCaptured(lab, 1);
      assertThatIOException().isThrownBy(() -> lab.apply(wanted)).withMessageContaining("nowhere");
      assertThat(other).doesNotExist();
      talkIsCaptured(lab, 2);
      await()
          .untilAsserted(
              () ->
                  assertThat(ofCaptures(events))
                      .as("what was begun and taken back is told, what was refused is not")
                      .containsExactly("started " + other, "ended " + other));
      var _ = lab.apply(lab.description());
      assertThat(ofCaptures(events)).hasSize(2);
    }
  }

  @Test
  void aCaptureEndsWithTheLinkThatIsTakenAwayAndTheOthersGoOn() throws Exception {
    Path second = folder.resolve("second.pcapng");
    LabDescription two =
        base()
            .network("back", "10.2.0.0/24")
            .host(HostDescription.named("a").on("back", 50).on("lan", 30))
            .capture(new CaptureDescription(A, second))
            .capture(new CaptureDescription(new CaptureTarget.Link("a", 1), file))
            .build();
    try (Lab lab = Lab.start(two, LabSettings.in(folder))) {
      lab.disconnect(lab.host("a").link("back"));
      assertThat(read(second).received).as("complete").isNotNegative();
      talkIsCaptured(lab, 1);
      assertThat(lab.description().options().captures())
          .containsExactly(new CaptureDescription(A, file));
    }
  }

  private LabDescription captured() {
    return captured(HOST_A);
  }

  private LabDescription captured(HostBuilder a) {
    return base().host(a).capture(new CaptureDescription(A, file)).build();
  }

  private static LabDescription plain() {
    return base().host(HOST_A).build();
  }

  private static LabBuilder base() {
    return LabDescription.builder("captured")
        .network("lan", "10.1.0.0/24")
        .host(HostDescription.named("b").on("lan", 31));
  }

  /** A host that cannot become this one while it runs. */
  private static HostBuilder another(HostBuilder host) {
    return HostDescription.named(host.build().name())
        .on("lan", 30)
        .file(new FileDescription(Path.of("/etc/note"), 0644, "new"));
  }

  private static List<String> ofCaptures(List<Event> events) {
    return events.stream()
        .<String>mapMulti(
            (event, told) -> {
              switch (event) {
                case Event.CaptureStarted started -> told.accept("started " + started.file());
                case Event.CaptureEnded ended -> told.accept("ended " + ended.file());
                default -> {}
              }
            })
        .toList();
  }

  private static List<Event> heard(Lab lab) {
    List<Event> events = new CopyOnWriteArrayList<>();
    var _ = lab.events().subscribe((Occurrence one) -> events.add(one.event()));
    return events;
  }

  /** Nothing is missing of what a said and heard so far. */
  private void talkIsCaptured(Lab lab, int times) throws Exception {
    Host a = lab.host("a");
    talk(a, lab.host("b"), 3);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      expected.addAll(List.of("q0", "r0", "q1", "r1", "q2", "r2"));
    }
    await()
        .atMost(20, SECONDS)
        .untilAsserted(() -> assertThat(datagrams(file)).containsExactlyElementsOf(expected));
  }
}
