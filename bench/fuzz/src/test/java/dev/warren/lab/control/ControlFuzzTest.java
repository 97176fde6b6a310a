package dev.warren.lab.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.fuzz.Damage;
import dev.warren.fuzz.Fuzz;
import dev.warren.fuzz.Fuzz.Outcome;
import dev.warren.lab.event.Event;
import dev.warren.lab.event.EventLog;
import dev.warren.lab.event.Occurrence;
import dev.warren.lab.json.TypedJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What comes through the control socket, and what a supervisor has written for others, damaged. */
class ControlFuzzTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static final List<String> SPICE =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "null",
          "true",
          "1e9",
          "-1",
          "{}",
          "[]",
          "\"type\":",
          "\\u0000",
          "\\ud800",
          "\\",
          "[[[[[[[[",
          "\"x\":null,",
          "1.5",
          "\"\"");

  @Test
  void requests() throws Exception {
    lines(
        "control socket: requests",
        new TypedJson<>(LabRequest.class),
        List.of(
            new LabRequest.Apply("/tmp/lab.yaml", true),
            new LabRequest.CutLink("a", Optional.of("veth1")),
            new LabRequest.MendLink("a", Optional.empty()),
            new LabRequest.SetConditions(
                "a", Optional.of("lan"), Optional.of("to-host"), false, Map.of("delay", "20ms")),
            new LabRequest.Partition("lan", List.of(Set.of("a"), Set.of("b"))),
            new LabRequest.RestartServices("a", List.of("web", "db")),
            new LabRequest.Processes(Optional.of("a")),
            new LabRequest.Usage(),
            new LabRequest.Capture("a:veth1", "/tmp/a.pcapng", 65535),
            new LabRequest.Draw("svg"),
            new LabRequest.ReadLog("a", "/var/log/x", 17)));
  }

  @Test
  void answers() throws Exception {
    lines(
        "control socket: answers",
        new TypedJson<>(LabAnswer.class),
        List.of(
            new LabAnswer.Done("Link veth1 of host a is cut."),
            new LabAnswer.Failure("no", true),
            new LabAnswer.Captured(3, 0),
            new LabAnswer.Steps(List.of(new LabAnswer.Step("make host a", false))),
            new LabAnswer.ProcessList(
                List.of(
                    new LabAnswer.ProcessState(
                        "a", 1, 4242, "root", "S", 10, 4096, List.of("sh", "-c")))),
            new LabAnswer.InterfaceList(
                List.of(
                    new LabAnswer.InterfaceState(
                        "a",
                        "veth1",
                        Optional.of("lan"),
                        Optional.empty(),
                        1500,
                        List.of("10.0.0.1/24"),
                        true,
                        true,
                        false))),
            new LabAnswer.FilePart("text", 4)));
  }

  /** A line is refused, or gives a record that its own line gives again, with nothing missing. */
  private static <T> void lines(String name, TypedJson<T> json, List<T> good) throws Exception {
    Fuzz.check(
        name,
        100,
        Damage.texts(SPICE, good.stream().map(json::line).toList()),
        line -> {
          T read;
          try {
            read = json.read(line);
          } catch (IOException refused) {
            return Outcome.REJECTED;
          }
          String again = json.line(read);
          assertThat(json.read(again)).isEqualTo(read);
          JsonNode written = MAPPER.readTree(line);
          JsonNode kept = MAPPER.readTree(again);
          for (var field : kept.properties()) {
            assertThat(written.has(field.getKey()) || isAbsent(field.getValue()))
                .as("%s comes from the line", field.getKey())
                .isTrue();
            assertThat(alike(written.path(field.getKey()), field.getValue()))
                .as("%s as it was written: %s", field.getKey(), again)
                .isTrue();
          }
          return Outcome.ACCEPTED;
        });
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isNull();
  }

  /** Numbers stay numbers, texts texts; nothing becomes something else on the way. */
  private static boolean alike(JsonNode written, JsonNode kept) {
    return (written.isMissingNode() || written.isNull())
        ? kept.isNull()
        : written.getNodeType() == kept.getNodeType();
  }

  @Test
  void statesOfRunningLabs() throws Exception {
    RunningHost host =
        new RunningHost(
            "a",
            new ProcessIdentity(4242, 99),
            Path.of("/proc/1/fd/9"),
            true,
            List.of("veth1"),
            List.of("10.0.0.1"),
            false,
            List.of("veth1"),
            Map.of("veth1", new RunningConditions("delay 20ms", "wire")),
            Map.of("web", "ready"),
            List.of(Path.of("/sys/fs/cgroup/x")),
            new RunningIsolation(true, false, true, java.util.Optional.empty()));
    RunningLab lab =
        new RunningLab(
            "two",
            new ProcessIdentity(4200, 98),
            Instant.parse("2026-03-01T12:00:00Z"),
            Path.of("/run/warren/two"),
            List.of(host),
            Map.of("lan", List.of(Set.of("a"), Set.of("b"))),
            OptionalLong.of(42));
    Fuzz.check(
        "lab.json",
        100,
        Damage.texts(SPICE, List.of(Json.of(lab), Json.of(lab).replaceAll("\\s+", ""))),
        text -> {
          RunningLab read;
          try {
            read = Json.parse(text, Path.of("/run/warren/two"));
          } catch (IOException refused) {
            return Outcome.REJECTED;
          }
          assertThat(Json.parse(Json.of(read), read.directory())).isEqualTo(read);
          assertThat(read.supervisor().pid()).as("a PID").isBetween(1L, (long) Integer.MAX_VALUE);
          for (RunningHost one : read.hosts()) {
            assertThat(one.init().pid()).as("a PID").isBetween(1L, (long) Integer.MAX_VALUE);
            assertThat(one.name()).isNotNull();
          }
          return Outcome.ACCEPTED;
        });
  }

  @Test
  void events() throws Exception {
    Instant time = Instant.parse("2026-03-01T12:00:00.123Z");
    Fuzz.check(
        "log of events",
        100,
        Damage.texts(
            SPICE,
            List.of(
                EventLog.line(new Occurrence(time, new Event.LinkCut("a", "veth1", "lan"))),
                EventLog.line(new Occurrence(time, new Event.CaptureEnded("a", "/tmp/x", 7))),
                EventLog.line(
                    new Occurrence(time, new Event.NetworkParted("lan", List.of(Set.of("a"))))),
                EventLog.line(new Occurrence(time, new Event.ChangeApplied(List.of("x", "y")))))),
        line -> {
          Occurrence read;
          try {
            read = EventLog.parse(line);
          } catch (IOException refused) {
            return Outcome.REJECTED;
          }
          Occurrence again = EventLog.parse(EventLog.line(read));
          assertThat(again.event()).isEqualTo(read.event());
          return Outcome.ACCEPTED;
        });
  }

  @Test
  void pidFiles() throws Exception {
    Fuzz.check(
        "pid of a supervisor",
        100,
        Damage.texts(List.of(" ", "\n", "-", "+", "1"), List.of("4242 123456\n", "1 0", "7 99")),
        text -> {
          Optional<ProcessIdentity> read = ProcessIdentity.parse(text);
          read.ifPresent(
              process -> {
                assertThat(text.strip()).isEqualTo(process.toString());
                assertThat(process.pid()).isBetween(1L, (long) Integer.MAX_VALUE);
                assertThat(process.start()).isNotNegative();
              });
          return read.isPresent() ? Outcome.ACCEPTED : Outcome.REJECTED;
        });
  }
}
