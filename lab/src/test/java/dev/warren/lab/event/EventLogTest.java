package dev.warren.lab.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Events as lines of JSON, and who is told of them. */
class EventLogTest {
  private static final Instant TIME = Instant.parse("2026-11-23T18:00:00.120Z");

  static Stream<Event> everyKindOfEvent() {
    return Stream.of(
        new Event.HostUp("a", 4711),
        new Event.HostGone("a"),
        new Event.HostFrozen("a", 3),
        new Event.HostThawed("a", 2),
        new Event.HostRebooted("a", 4712),
        new Event.LinkCut("a", "veth1", "lan"),
        new Event.LinkMended("a", "veth1", "lan"),
        new Event.NetworkParted("lan", List.of(Set.of("a"), Set.of("b", "c"))),
        new Event.NetworkHealed("lan"),
        new Event.ConditionsChanged("a", "veth1", "rate 10mbit"),
        new Event.ServiceChanged("a", "web", "ended", OptionalInt.of(7), Optional.empty()),
        new Event.ServiceChanged("a", "web", "failed", OptionalInt.empty(), Optional.of("why")),
        new Event.ProcessStarted("a", 4713, List.of("sh", "-c", "echo \"ü\"\n")),
        new Event.ProcessEnded("a", 4713, 137),
        new Event.CaptureStarted("lan", "/tmp/lan.pcapng"),
        new Event.CaptureEnded("lan", "/tmp/lan.pcapng", 12),
        new Event.ChangeApplied(List.of("remove host b")));
  }

  @ParameterizedTest
  @MethodSource("everyKindOfEvent")
  void anEventIsOneLineThatCanBeReadAgain(Event event) throws Exception {
    String line = EventLog.line(new Occurrence(TIME, event));

    assertThat(line).doesNotContain("\n").startsWith("{\"time\":\"2026-11-23T18:00:00.120Z\",");
    assertThat(EventLog.parse(line)).isEqualTo(new Occurrence(TIME, event));
  }

  @Test
  void everyKindIsAmongThoseThatAreTried() {
    assertThat(everyKindOfEvent().map(Object::getClass).distinct().toList())
        .hasSameSizeAs(Event.class.getPermittedSubclasses());
  }

  @Test
  void theTypeIsTheRecordsNameWithHyphens() {
    assertThat(EventLog.line(new Occurrence(TIME, new Event.LinkCut("a", "veth1", "lan"))))
        .isEqualTo(
            "{\"time\":\"2026-11-23T18:00:00.120Z\",\"type\":\"link-cut\",\"host\":\"a\",\"link\":\"veth1\",\"network\":\"lan\"}");
  }

  @Test
  void fieldsThatAreNotKnownAreLeftOut() throws Exception {
    assertThat(
            EventLog.parse(
                    "{\"time\":\"2026-11-23T18:00:00.120Z\",\"type\":\"host-gone\",\"host\":\"a\",\"mood\":1}")
                .event())
        .isEqualTo(new Event.HostGone("a"));
  }

  @Test
  void whatIsNoEventIsRefused() {
    for (String line : List.of("", "[]", "{\"time\":\"now\",\"type\":\"host-gone\"}", "{\"x\":")) {
      assertThatIOException().as(line).isThrownBy(() -> EventLog.parse(line));
    }
    assertThatIOException()
        .isThrownBy(
            () -> EventLog.parse("{\"time\":\"2026-11-23T18:00:00.120Z\",\"type\":\"party\"}"))
        .withMessageContaining("unknown type \"party\"");
  }

  @Test
  void aLogGoesOnWhereItWas(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("events.jsonl");
    for (String host : List.of("a", "b")) {
      try (EventLog log = EventLog.append(file)) {
        log.write(new Occurrence(TIME, new Event.HostGone(host)));
      }
    }

    assertThat(Files.readAllLines(file)).hasSize(2).allMatch(line -> line.contains("host-gone"));
  }

  @Test
  void whoAsksFromTheStartHearsWhatCameBefore() {
    Events events = new Events();
    events.publish(new Event.HostGone("a"));
    List<Event> all = new ArrayList<>();
    List<Event> later = new ArrayList<>();
    var _ = events.subscribe(one -> later.add(one.event()));
    var _ = events.subscribeFromStart(one -> all.add(one.event()));
    events.publish(new Event.HostGone("b"));

    assertThat(all).containsExactly(new Event.HostGone("a"), new Event.HostGone("b"));
    assertThat(later).containsExactly(new Event.HostGone("b"));
  }

  @Test
  void aListenerThatFailsKeepsNothingFromTheOthers() {
    Events events = new Events();
    List<Event> heard = new ArrayList<>();
    var _ =
        events.subscribe(
            _ -> {
              throw new IllegalStateException("no ears");
            });
    Events.Subscription second = events.subscribe(one -> heard.add(one.event()));
    events.publish(new Event.HostGone("a"));
    second.close();
    events.publish(new Event.HostGone("b"));

    assertThat(heard).containsExactly(new Event.HostGone("a"));
  }
}
