package dev.warren.selftest.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.selftest.report.compare.Comparison.Change;
import dev.warren.selftest.report.compare.Comparison.Kind;
import dev.warren.selftest.report.compare.RunOutcomes.Ending;
import dev.warren.selftest.report.compare.RunOutcomes.Subject;
import dev.warren.selftest.report.page.SampleRun;
import dev.warren.selftest.subunit.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ComparisonTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir Path folder;
  private final Map<Subject, Ending> before = new LinkedHashMap<>();
  private final Map<Subject, Ending> after = new LinkedHashMap<>();

  @Test
  void findsNothingBetweenARunAndItself() throws IOException {
    SampleRun.write(folder, 30, 6);
    RunOutcomes run = RunOutcomes.read(folder);
    Comparison comparison = Comparison.of(run, run);
    assertThat(comparison.changes()).isEmpty();
    assertThat(comparison.isWorse()).isFalse();
    assertThat(comparison.stillBad()).isPositive();
  }

  @Test
  void tellsNewFailuresByTheirTestsAndNotByTheirSuiteToo() {
    suite("s", Outcome.SUCCESS, Outcome.FAILURE);
    test("s", "a", Outcome.SUCCESS, Outcome.FAILURE);
    test("s", "b", Outcome.SUCCESS, Outcome.SUCCESS);
    assertThat(told(Kind.NEW_FAILURES)).containsExactly("a of s");
    assertThat(compared().isWorse()).isTrue();
  }

  @Test
  void tellsASuiteThatFailsByItself() {
    suite("s", Outcome.SUCCESS, Outcome.ERROR);
    test("s", "a", Outcome.SUCCESS, Outcome.SUCCESS);
    assertThat(told(Kind.NEW_FAILURES)).containsExactly("s");
  }

  @Test
  void takesAFailureThatWasNotThereForANewOne() {
    after.put(test("s", "new"), ending(Outcome.UXSUCCESS));
    assertThat(told(Kind.NEW_FAILURES)).containsExactly("new of s");
    assertThat(told(Kind.APPEARED)).containsExactly("new of s");
  }

  @Test
  void tellsWhatWasMended() {
    test("s", "a", Outcome.ERROR, Outcome.SUCCESS);
    test("s", "b", Outcome.FAILURE, Outcome.XFAIL);
    test("s", "c", Outcome.FAILURE, Outcome.ERROR);
    assertThat(told(Kind.MENDED)).containsExactly("a of s", "b of s");
    assertThat(compared().stillBad()).isOne();
    assertThat(compared().isWorse()).isFalse();
  }

  @Test
  void tellsSuitesThatCameAndWentWithoutTheirTests() {
    before.put(suite("gone"), ending(Outcome.SUCCESS));
    before.put(test("gone", "a"), ending(Outcome.SUCCESS));
    after.put(suite("come"), ending(Outcome.SUCCESS));
    after.put(test("come", "a"), ending(Outcome.SUCCESS));
    suite("stays", Outcome.SUCCESS, Outcome.SUCCESS);
    before.put(test("stays", "a"), ending(Outcome.SUCCESS));
    assertThat(told(Kind.APPEARED)).containsExactly("come");
    assertThat(told(Kind.VANISHED)).containsExactly("gone", "a of stays");
  }

  @Test
  void tellsSuitesThatTakeMuchLongerOrShorter() {
    pace("half a second more is nothing", 500, 1000);
    pace("a tenth more is nothing", 100_000, 110_000);
    pace("slower", 10_000, 16_000);
    pace("much slower", 10_000, 60_000);
    pace("faster", 16_000, 10_000);
    assertThat(told(Kind.SLOWER)).containsExactly("much slower", "slower");
    assertThat(told(Kind.FASTER)).containsExactly("faster");
  }

  @Test
  void isReadByPeopleAndPrograms() {
    test("s", "a", Outcome.SUCCESS, Outcome.FAILURE);
    pace("slow", 1000, 5000);
    assertThat(ComparisonText.lines(compared()))
        .isEqualTo(
            """
            New failures (1)
              a of s  success -> failure

            Slower (1)
              slow  1.0 s -> 5.0 s

            1 new failures, 0 mended, 0 still failing
            """);
    JsonNode json = JsonMapper.shared().readTree(ComparisonText.json(compared()));
    assertThat(json.path("worse").asBoolean()).isTrue();
    assertThat(json.path("newFailures").get(0).path("test").asString()).isEqualTo("a");
    assertThat(json.path("slower").get(0).path("after").path("seconds").asDouble()).isEqualTo(5);
    assertThat(json.path("mended").isArray()).isTrue();
  }

  @Test
  void isAPageInWhichNamesAreText() {
    test("s", SampleRun.EVIL, Outcome.SUCCESS, Outcome.FAILURE);
    assertThat(ComparisonText.page(compared()))
        .contains("&lt;/script&gt;&lt;img src", "New failures", "default-src 'none'")
        .doesNotContain("<img", "<script");
  }

  @Test
  void readsNoRunOutOfRubbish() throws IOException {
    Files.writeString(folder.resolve("events.jsonl"), "rubbish\n");
    assertThatThrownBy(() -> RunOutcomes.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no line of its events could be read");
  }

  private List<String> told(Kind kind) {
    return compared().changes().getOrDefault(kind, List.of()).stream()
        .map(Change::subject)
        .map(Subject::toString)
        .toList();
  }

  private Comparison compared() {
    return Comparison.of(
        new RunOutcomes(Path.of("old"), "p", before), new RunOutcomes(Path.of("new"), "p", after));
  }

  private void suite(String name, Outcome was, Outcome is) {
    before.put(suite(name), ending(was));
    after.put(suite(name), ending(is));
  }

  private void test(String suite, String id, Outcome was, Outcome is) {
    before.put(test(suite, id), ending(was));
    after.put(test(suite, id), ending(is));
  }

  private void pace(String name, long was, long is) {
    before.put(suite(name), new Ending(Outcome.SUCCESS, Duration.ofMillis(was), Optional.empty()));
    after.put(suite(name), new Ending(Outcome.SUCCESS, Duration.ofMillis(is), Optional.empty()));
  }

  private static Subject suite(String name) {
    return new Subject(name, Optional.empty());
  }

  private static Subject test(String suite, String id) {
    return new Subject(suite, Optional.of(id));
  }

  private static Ending ending(Outcome outcome) {
    return new Ending(outcome, SECOND, Optional.of("because").filter(_ -> outcome.isBad()));
  }
}
