package dev.warren.selftest.report.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.lab.source.Position;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.plan.SuiteCommand;
import dev.warren.selftest.plan.SuiteSettings;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.verdict.TestVerdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventsFileTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final RunFacts FACTS =
      new RunFacts(
          "0.1.0",
          "25",
          "Linux 6.1.0",
          2,
          "builder",
          "root",
          true,
          Optional.of(65_536L),
          Optional.of("namespaces"),
          List.of("test", "a plan"));

  @TempDir Path folder;
  private final List<RunEvent> read = new ArrayList<>();

  @Test
  void givesBackEveryEventThatWasWritten() throws IOException {
    for (long seed = 0; seed < 100; seed++) {
      List<RunEvent> events = new ArrayList<>();
      events.add(new RunEvent.RunStarted(START, "a plan", 3));
      // Those that begin and end a file are not for its middle.
      new GeneratedEvents(seed)
          .events(40).stream()
              .filter(event -> !(event instanceof RunEvent.RunStarted))
              .filter(event -> !(event instanceof RunEvent.RunFinished))
              .forEach(events::add);
      events.add(new RunEvent.RunFinished(START, Optional.of("Ctrl-C")));
      write(events);
      EventsReader.Result result = EventsReader.readFolder(folder, read::add);
      assertThat(read).as("seed %d", seed).isEqualTo(events);
      assertThat(result.damaged().first()).as("seed %d", seed).isEmpty();
      read.clear();
    }
  }

  @Test
  void beginsWithTheRunsOwnFacts() throws IOException {
    write(run());
    assertThat(EventsReader.readFolder(folder, read::add).head())
        .contains(new EventsHead(1, START, "a plan", FACTS));
  }

  @Test
  void isReadableWithoutWarren() throws IOException {
    write(run());
    List<JsonNode> lines =
        Files.readAllLines(file()).stream().map(JsonMapper.shared()::readTree).toList();
    assertThat(lines)
        .extracting(line -> line.path("type").asString())
        .containsExactly(
            "warren-run", "run-started", "suite", "test-finished", "suite-said", "run-finished");
    assertThat(lines.get(3).path("suite").asString()).isEqualTo("a.suite");
    assertThat(lines.get(3).path("time").asString()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(lines.get(3).path("verdict").path("outcome").asString()).isEqualTo("uxsuccess");
  }

  @Test
  void readsARunThatWasKilledInTheMiddleOfALine() throws IOException {
    write(run());
    byte[] all = Files.readAllBytes(file());
    Files.write(file(), java.util.Arrays.copyOf(all, all.length - 5));
    EventsReader.Result result = EventsReader.readFolder(folder, read::add);
    assertThat(read).isEqualTo(run().subList(0, 3));
    assertThat(result.damaged().first())
        .singleElement()
        .satisfies(line -> assertThat(line.number()).isEqualTo(6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"type\":\"unheard-of\"}",
        "{\"type\":\"progress\",\"time\":\"yesterday\",\"message\":\"a\"}",
        "{\"type\":\"progress\",\"time\":\"2026-03-01T12:00:00Z\",\"message\":null}",
        "{\"type\":\"progress\",\"time\":\"2026-03-01T12:00:00Z\"}",
        "{\"type\":\"progress\",\"time\":\"2026-03-01T12:00:00Z\",\"message\":\"a\"} {}",
        "{\"type\":\"test-started\",\"time\":\"2026-03-01T12:00:00Z\",\"suite\":\"x\",\"id\":\"a\"}",
      })
  void namesLinesThatAreNoEventsAndReadsTheRest(String damage) throws IOException {
    write(run());
    List<String> lines = new ArrayList<>(Files.readAllLines(file()));
    lines.add(2, damage);
    Files.write(file(), lines);
    EventsReader.Result result = EventsReader.readFolder(folder, read::add);
    assertThat(read).isEqualTo(run());
    assertThat(result.damaged().count()).isOne();
    assertThat(result.damaged().first().getFirst().number()).isEqualTo(3);
  }

  @Test
  void keepsOnlyTheFirstReasonsOfManyDamagedLines() throws IOException {
    byte[] rubbish = "rubbish\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    EventsReader.Result result =
        EventsReader.read("it", new ByteArrayInputStream(rubbish), read::add);
    assertThat(result.damaged().count()).isEqualTo(10_000);
    assertThat(result.damaged().first()).hasSize(20);
  }

  @Test
  void takesFieldsOfLaterVersionsAndRefusesALaterFormat() throws IOException {
    write(run());
    String text = Files.readString(file());
    Files.writeString(file(), text.replace("\"plan\":", "\"mood\":\"good\",\"plan\":"));
    EventsReader.readFolder(folder, read::add);
    assertThat(read).isEqualTo(run());
    Files.writeString(file(), text.replace("\"format\":1", "\"format\":2"));
    assertThatThrownBy(() -> EventsReader.readFolder(folder, read::add))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("events.jsonl:1: format 2")
        .hasMessageContaining("use Warren 0.1.0");
  }

  @Test
  void takesWhatMayBeEmptyAndIsNotThere() throws IOException {
    RunEvent ready =
        new RunEvent.TestenvReady(START, "lab", "a", Duration.ofSeconds(1), true, Optional.empty());
    RunEvent failed =
        new RunEvent.TestenvFailed(START, "lab", "a", "no", Optional.empty(), Optional.empty());
    write(
        List.of(
            new RunEvent.RunStarted(START, "p", 1),
            ready,
            failed,
            new RunEvent.RunFinished(START, Optional.empty())));
    String text = Files.readString(file());
    Files.writeString(file(), text.replaceAll(",\"(capture|traces)\":null", ""));
    assertThat(file()).content().doesNotContain("capture", "traces");
    assertThat(EventsReader.readFolder(folder, read::add).damaged().count()).isZero();
    assertThat(read).contains(ready, failed);
  }

  @Test
  void takesFactsOfARunThatDidNotCountItsIds() throws IOException {
    write(run());
    Files.writeString(file(), Files.readString(file()).replace("\"ids\":65536,", ""));
    assertThat(EventsReader.readFolder(folder, read::add).head().orElseThrow().facts().ids())
        .isEmpty();
  }

  @Test
  void saysWhichFolderHasNoEvents() {
    assertThatThrownBy(() -> EventsReader.readFolder(folder, read::add))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no events.jsonl there");
  }

  @Test
  void writesTextThatUnicodeForbids() throws IOException {
    write(
        List.of(
            new RunEvent.RunStarted(START, "p", 1),
            new RunEvent.Progress(START, "half \uD800 a pair"),
            new RunEvent.RunFinished(START, Optional.empty())));
    EventsReader.readFolder(folder, read::add);
    assertThat(read).contains(new RunEvent.Progress(START, "half \uD800 a pair"));
  }

  @Test
  void showsASuiteThatEndedToWhoeverReadsMeanwhile() throws IOException {
    EventsReport report = new EventsReport(file(), FACTS);
    List<RunEvent> events = new GeneratedEvents(3).events(400);
    RunEvent end =
        events.stream().filter(RunEvent.SuiteFinished.class::isInstance).findFirst().orElseThrow();
    report.on(new RunEvent.RunStarted(START, "p", 1));
    report.on(end);
    EventsReader.readFolder(folder, read::add);
    assertThat(read).last().isEqualTo(end);
    Files.writeString(file(), "", StandardOpenOption.TRUNCATE_EXISTING);
    report.on(new RunEvent.RunFinished(START, Optional.empty()));
  }

  private static List<RunEvent> run() {
    Suite suite =
        new Suite(
            "a.suite",
            TestenvChoice.parse("ad_dc").orElseThrow(),
            SuiteCommand.parse("run x"),
            Optional.empty(),
            SuiteSettings.USUAL,
            Position.of("plan"));
    return List.of(
        new RunEvent.RunStarted(START, "a plan", 1),
        new RunEvent.TestFinished(
            START,
            suite,
            new TestVerdict("a.b", Outcome.UXSUCCESS, Optional.empty(), Optional.of("known"))),
        new RunEvent.SuiteSaid(START, suite, new SubunitEvent.Output("hello")),
        new RunEvent.RunFinished(START, Optional.empty()));
  }

  private void write(List<RunEvent> events) throws IOException {
    EventsReport report = new EventsReport(file(), FACTS);
    events.forEach(report::on);
  }

  private Path file() {
    return folder.resolve(EventsReport.FILE);
  }
}
