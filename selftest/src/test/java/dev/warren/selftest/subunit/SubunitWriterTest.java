package dev.warren.selftest.subunit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.selftest.subunit.SubunitEvent.TestFinished;
import dev.warren.selftest.subunit.SubunitEvent.TestStarted;
import dev.warren.selftest.subunit.SubunitEvent.Time;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubunitWriterTest {

  @Test
  void writesTheFormThatSambaReads() throws IOException {
    String text =
        write(
            List.of(
                new Time(Instant.parse("2026-03-01T12:00:05.25Z")),
                new TestStarted("a"),
                new TestFinished("a", Outcome.FAILURE, Optional.of("why"))));
    assertThat(text)
        .isEqualTo("time: 2026-03-01 12:00:05.250000Z\ntest: a\nfailure: a [\nwhy\n]\n");
  }

  @Test
  void keepsABracketInAReasonFromEndingIt() throws IOException {
    String text = write(List.of(new TestFinished("a", Outcome.SKIP, Optional.of("x\n]\ny"))));
    assertThat(text).isEqualTo("skip: a [\nx\n ]\ny\n]\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"success: a", "time: yesterday", "progress: many", "test a"})
  void keepsOutputFromBeingACommand(String line) throws IOException {
    assertThat(write(List.of(new SubunitEvent.Output(line)))).isEqualTo(" " + line + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a [", "a multipart"})
  void keepsANameFromOpeningAReason(String name) throws IOException {
    List<SubunitEvent> events =
        List.of(
            new TestStarted(name),
            new TestFinished(name, Outcome.SUCCESS, Optional.empty()),
            new SubunitEvent.Output("out"));
    byte[] written = write(events).getBytes(StandardCharsets.UTF_8);
    assertThat(results(SubunitParserTest.parse(written, 9))).isEqualTo(results(events));
  }

  @Test
  void writesWhatTheParserReadsBack() throws IOException {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      List<SubunitEvent> events = SubunitParserTest.parse(GeneratedStream.bytes(random, 300), 50);
      byte[] written = write(events).getBytes(StandardCharsets.UTF_8);
      List<SubunitEvent> again = SubunitParserTest.parse(written, 50);
      assertThat(results(again)).isEqualTo(results(events));
    }
  }

  /** Ids and outcomes: reasons of results without start are replaced a second time. */
  private static List<String> results(List<SubunitEvent> events) {
    return events.stream()
        .filter(TestFinished.class::isInstance)
        .map(TestFinished.class::cast)
        .map(event -> event.id() + " " + event.outcome())
        .toList();
  }

  private static String write(List<SubunitEvent> events) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SubunitWriter writer = new SubunitWriter(out);
    for (SubunitEvent event : events) {
      writer.write(event);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
