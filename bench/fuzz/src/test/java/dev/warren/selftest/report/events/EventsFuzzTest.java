package dev.warren.selftest.report.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.fuzz.Damage;
import dev.warren.fuzz.Fuzz;
import dev.warren.fuzz.Fuzz.Outcome;
import dev.warren.lab.graph.Topology;
import dev.warren.lab.source.Position;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.plan.SuiteCommand;
import dev.warren.selftest.plan.SuiteSettings;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.SuiteFiles;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.verdict.Counts;
import dev.warren.selftest.verdict.SuiteResult;
import dev.warren.selftest.verdict.TestVerdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run's events, damaged: each line is an event that can be written again, or is reported. */
class EventsFuzzTest {
  private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.123456Z");
  private static final List<String> SPICE =
      List.of(
          "\n",
          "\"",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "null",
          "true",
          "1e999999999",
          "-1e-999999999",
          "\\u0000",
          "\\ud800",
          "\\",
          "\"type\":\"suite\",",
          "\"type\":\"test-finished\",",
          "{\"type\":\"warren-run\",",
          "\"format\":2",
          "\"outcome\":\"uxsuccess\"",
          "\"suite\":",
          "+999999999-12-31T23:59:59Z",
          "\"\\u0000\"",
          "\r\n");

  @TempDir Path folder;

  @Test
  void events() throws Exception {
    String good = run();
    List<String> others = good.lines().toList();
    Fuzz.check(
        "events.jsonl",
        50,
        random -> {
          byte[] text = Damage.text(random, good, SPICE, others).getBytes(StandardCharsets.UTF_8);
          return random.nextBoolean() ? text : Damage.bytes(random, text, List.of(text));
        },
        bytes -> {
          List<RunEvent> events = new ArrayList<>();
          EventsReader.Result result;
          try {
            result = EventsReader.read("it", new ByteArrayInputStream(bytes), events::add);
          } catch (IOException newer) {
            assertThat(newer).hasMessageMatching("(?s)it:\\d+: format \\d+, .*use Warren.*");
            return Outcome.REJECTED;
          }
          assertThat(result.events()).isEqualTo(events.size());
          long lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1).length;
          assertThat(result.events() + result.damaged().count()).isLessThanOrEqualTo(lines);
          assertThat(written(events)).as("written and read again").isEqualTo(events);
          return result.damaged().count() == 0 ? Outcome.ACCEPTED : Outcome.REJECTED;
        });
  }

  /** Those between a run's beginning and end, as another file gives them back. */
  private List<RunEvent> written(List<RunEvent> events) throws IOException {
    Path file = folder.resolve("again");
    EventsReport report = new EventsReport(file, RunFacts.ofThisProcess(List.of()));
    events.stream().filter(e -> !(e instanceof RunEvent.RunFinished)).forEach(report::on);
    report.on(new RunEvent.RunFinished(TIME, Optional.empty()));
    List<RunEvent> again = new ArrayList<>();
    assertThat(EventsReader.read(file, again::add).damaged().first()).isEmpty();
    again.removeLast();
    List<RunEvent> all = new ArrayList<>();
    int next = 0;
    for (RunEvent event : events) {
      all.add(event instanceof RunEvent.RunFinished ? event : again.get(next++));
    }
    return all;
  }

  private String run() throws IOException {
    Suite suite =
        new Suite(
            "samba.x(ad_dc)",
            TestenvChoice.parse("ad_dc:local").orElseThrow(),
            SuiteCommand.parse("run | python3 filter-subunit --prefix=\"x$A.\" --fail-on-empty"),
            Optional.of(SuiteCommand.parse("list")),
            SuiteSettings.USUAL,
            new Position("plan", 3, 1));
    Topology.Node node =
        new Topology.Node(
            "dc",
            "dc.example.com",
            List.of("router"),
            List.of("samba"),
            List.of(new Topology.Link("net", "eth0", List.of("10.0.0.1"), List.of("20ms"))));
    var outcome = dev.warren.selftest.subunit.Outcome.FAILURE;
    Path file = folder.resolve("good");
    EventsReport report = new EventsReport(file, RunFacts.ofThisProcess(List.of("test", "a")));
    List.of(
            new RunEvent.RunStarted(TIME, "a", 2),
            new RunEvent.LabStarted(
                TIME,
                "lab",
                Map.of("ad_dc", List.of("dns_hub")),
                new Topology(
                    "lab",
                    List.of(new Topology.Network("net", List.of("10.0.0.0/8"), false)),
                    node,
                    List.of(node))),
            new RunEvent.TestenvStarted(TIME, "lab", "ad_dc"),
            new RunEvent.TestenvStep(TIME, "lab", "ad_dc", "provision"),
            new RunEvent.TestenvReady(
                TIME, "lab", "ad_dc", Duration.ofMillis(1234), true, Optional.empty()),
            new RunEvent.SuiteStarted(TIME, suite, 1, "lab"),
            new RunEvent.TestStarted(TIME, suite, "a"),
            new RunEvent.SuiteSaid(TIME, suite, new SubunitEvent.ProgressSet(3, true)),
            new RunEvent.TestFinished(
                TIME,
                suite,
                new TestVerdict("a", outcome, Optional.of("grüß\n😀"), Optional.empty())),
            new RunEvent.SuiteFinished(
                TIME,
                suite,
                new SuiteResult(outcome, Optional.of("failure: 1"), Counts.NONE.plus(outcome)),
                Duration.ofNanos(1),
                "log",
                new SuiteFiles(
                    Optional.of(Path.of("suites/a.log")), Optional.empty(), Optional.empty())),
            new RunEvent.LabEnded(TIME, "lab"),
            new RunEvent.RunFinished(TIME, Optional.of("Ctrl-C")))
        .forEach(report::on);
    return Files.readString(file);
  }
}
