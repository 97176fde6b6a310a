package dev.warren.selftest.subunit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.selftest.subunit.SubunitEvent.Output;
import dev.warren.selftest.subunit.SubunitEvent.ProgressPopped;
import dev.warren.selftest.subunit.SubunitEvent.ProgressPushed;
import dev.warren.selftest.subunit.SubunitEvent.ProgressSet;
import dev.warren.selftest.subunit.SubunitEvent.SuiteFinished;
import dev.warren.selftest.subunit.SubunitEvent.SuiteSkipped;
import dev.warren.selftest.subunit.SubunitEvent.SuiteStarted;
import dev.warren.selftest.subunit.SubunitEvent.TestFinished;
import dev.warren.selftest.subunit.SubunitEvent.TestStarted;
import dev.warren.selftest.subunit.SubunitEvent.Time;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubunitParserTest {

  @Test
  void readsAStartedTestAndItsResult() {
    assertThat(parse("test: a.b\nsuccess: a.b\n"))
        .containsExactly(new TestStarted("a.b"), finished("a.b", Outcome.SUCCESS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"success: t", "successful: t", "success t", "successful:: t  "})
  void takesEverySpellingOfSuccess(String line) {
    assertThat(parse("testing: t\n" + line + "\n")).contains(finished("t", Outcome.SUCCESS));
  }

  @Test
  void takesTheSynonymsOfFailureAndExpectedFailure() {
    assertThat(parse("test: a\nfail: a\ntest: b\nknownfail: b\ntest: c\nuxsuccess: c\n"))
        .contains(
            finished("a", Outcome.FAILURE),
            finished("b", Outcome.XFAIL),
            finished("c", Outcome.UXSUCCESS));
  }

  @Test
  void joinsAReasonUpToTheClosingBracket() {
    assertThat(parse("test: a\nfailure: a [\nline 1\n test: not one\n ]\n]\n"))
        .containsExactly(
            new TestStarted("a"),
            new TestFinished("a", Outcome.FAILURE, Optional.of("line 1\n test: not one\n ]")));
  }

  @Test
  void acceptsAMultipartReason() {
    assertThat(parse("test: a\nfailure: a [ multipart\nx\n]\n"))
        .contains(new TestFinished("a", Outcome.FAILURE, Optional.of("x")));
  }

  @Test
  void endsAReasonThatIsCutOffAsAnError() {
    assertThat(parse("test: a\nsuccess: a [\nhalf"))
        .containsExactly(
            new TestStarted("a"),
            new TestFinished(
                "a", Outcome.ERROR, Optional.of("result (success) reason (half) interrupted")));
  }

  @Test
  void endsAReasonOfASuiteThatIsCutOffAsATestsError() {
    assertThat(parse("testsuite-failure: s [\nhalf\n]"))
        .containsExactly(
            new TestFinished(
                "s",
                Outcome.ERROR,
                Optional.of("result (testsuite-failure) reason (half\n]) interrupted")));
  }

  @Test
  void makesAnErrorOfAResultWithoutLineEnd() {
    assertThat(parse("test: ab\nsuccess: ab"))
        .containsExactly(
            new TestStarted("ab"),
            new TestFinished(
                "ab", Outcome.ERROR, Optional.of("the result (success) has no line end")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void takesEveryLineEnd(String end) {
    assertThat(parse("test: a\nfailure: a [\nb\n]\n".replace("\n", end)))
        .containsExactly(
            new TestStarted("a"), new TestFinished("a", Outcome.FAILURE, Optional.of("b")));
  }

  @Test
  void takesWhiteSpaceAsPythonDoes() {
    assertThat(parse("test:\u00a0a\u2007\nsuccess: a \t\nsuccess: b\f\n"))
        .containsExactly(
            new TestStarted("a"),
            finished("a", Outcome.SUCCESS),
            new TestFinished("b\f", Outcome.ERROR, Optional.of("Test was never started")));
  }

  @Test
  void takesNoCommandFromWithinALineThatIsTooLong() {
    String text = "x".repeat(LineDecoder.MAX_LINE) + "error: a\n";
    assertThat(parse(text)).hasSize(2).allMatch(Output.class::isInstance);
  }

  @Test
  void makesAnErrorOfAResultWithoutStart() {
    assertThat(parse("success: a\n"))
        .containsExactly(
            new TestFinished("a", Outcome.ERROR, Optional.of("Test was never started")));
  }

  @Test
  void letsSkipsAndErrorsComeUnannounced() {
    assertThat(parse("skip: a [\nno server\n]\nerror: b\n"))
        .containsExactly(
            new TestFinished("a", Outcome.SKIP, Optional.of("no server")),
            finished("b", Outcome.ERROR));
  }

  @Test
  void makesAnErrorOfASecondStart() {
    assertThat(parse("test: a\ntest: a\nsuccess: a\n"))
        .containsExactly(
            new TestStarted("a"),
            new TestFinished("a", Outcome.ERROR, Optional.of("Test already running")),
            new TestStarted("a"),
            finished("a", Outcome.SUCCESS));
  }

  @Test
  void makesAnErrorOfATestThatStaysOpen() {
    assertThat(parse("test: a\n"))
        .endsWith(
            new TestFinished("a", Outcome.ERROR, Optional.of("was started but never finished!")));
  }

  @Test
  void readsSuites() {
    assertThat(parse("testsuite: s\ntestsuite-failure: s [\nExit code was 1\n]\n"))
        .containsExactly(
            new SuiteStarted("s"),
            new SuiteFinished("s", Outcome.FAILURE, Optional.of("Exit code was 1")));
  }

  @Test
  void readsASkippedSuiteWithItsReason() {
    assertThat(parse("skip-testsuite: s [\nslow\n]\n"))
        .containsExactly(new SuiteSkipped("s", Optional.of("slow")));
  }

  @Test
  void readsTimesWithAndWithoutFraction() {
    assertThat(parse("time: 2026-03-01 12:00:05.250000Z\ntime: 2026-03-01 12:00:06Z\n"))
        .containsExactly(
            new Time(Instant.parse("2026-03-01T12:00:05.250Z")),
            new Time(Instant.parse("2026-03-01T12:00:06Z")));
  }

  @Test
  void readsProgress() {
    assertThat(parse("progress: 12\nprogress: +3\nprogress: push\nprogress: pop\n"))
        .containsExactly(
            new ProgressSet(12, false),
            new ProgressSet(3, true),
            new ProgressPushed(),
            new ProgressPopped());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "success:",
        " test: indented",
        "test",
        "",
        "time: yesterday",
        "progress: many",
        "nothing x"
      })
  void takesEveryOtherLineForOutput(String line) {
    assertThat(parse(line + "\n")).containsExactly(new Output(line));
  }

  @Test
  void leavesBytesOutThatAreNotUtf8() {
    byte[] bytes = "test: a?b\nsuccess: a?b\n".getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == '?' ? (byte) 0xC3 : bytes[i];
    }
    assertThat(parse(bytes, bytes.length))
        .containsExactly(new TestStarted("ab"), finished("ab", Outcome.SUCCESS));
  }

  @Test
  void cutsALineWithoutEndIntoPieces() {
    byte[] bytes = "x".repeat(LineDecoder.MAX_LINE * 2 + 5).getBytes(StandardCharsets.UTF_8);
    assertThat(parse(bytes, 8192)).hasSize(3).allMatch(Output.class::isInstance);
  }

  @Test
  void givesTheSameEventsHoweverTheBytesArrive() {
    Random random = new Random(42);
    for (int round = 0; round < 200; round++) {
      byte[] bytes = GeneratedStream.bytes(random, 400);
      assertThat(parse(bytes, 1)).isEqualTo(parse(bytes, bytes.length));
    }
  }

  @Test
  void finishesEveryStartedTestOnceWhateverTheBytes() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      Map<String, Integer> open = new HashMap<>();
      for (SubunitEvent event : parse(GeneratedStream.bytes(random, 600), 64)) {
        switch (event) {
          case TestStarted(String id) -> assertThat(open.merge(id, 1, Integer::sum)).isEqualTo(1);
          case TestFinished(String id, Outcome outcome, Optional<String> _) -> {
            boolean started = open.remove(id) != null;
            assertThat(started || outcome == Outcome.SKIP || outcome == Outcome.ERROR).isTrue();
          }
          default -> {}
        }
      }
      assertThat(open).isEmpty();
    }
  }

  private static TestFinished finished(String id, Outcome outcome) {
    return new TestFinished(id, outcome, Optional.empty());
  }

  private static List<SubunitEvent> parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, Math.max(1, bytes.length));
  }

  static List<SubunitEvent> parse(byte[] bytes, int pieces) {
    List<SubunitEvent> events = new ArrayList<>();
    SubunitParser parser = new SubunitParser(events::add);
    for (int i = 0; i < bytes.length; i += pieces) {
      parser.feed(bytes, i, Math.min(pieces, bytes.length - i));
    }
    parser.finish();
    return events;
  }
}
