package dev.warren.selftest.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.selftest.subunit.SubunitEvent;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TapReaderTest {

  @Test
  void callsTestsByTheirDescriptionsOrNumbers() {
    assertThat(results("1..3\nok 1 - opens\nok 2 closes\nok\n"))
        .containsExactly("success: opens", "success: closes", "success: test 3");
  }

  @Test
  void takesAPlanAtTheEndAndAVersion() {
    assertThat(results("TAP version 13\nok 1 - a\n1..1\n")).containsExactly("success: a");
  }

  @Test
  void makesAReasonOfCommentsBehindAFailure() {
    assertThat(results("1..2\nnot ok 1 - a\n#   Failed test 'a'\n# at line 3\nok 2 - b\n"))
        .containsExactly("failure: a: Failed test 'a'\nat line 3", "success: b");
  }

  @Test
  void makesAReasonOfYaml() {
    assertThat(
            results(
                """
                TAP version 14
                1..2
                not ok 1 - a
                  ---
                  message: 'no'
                  got:
                    - ok 7
                  ...
                ok 2 - b
                  ---
                  duration_ms: 3
                  ...
                """))
        .containsExactly("failure: a: message: 'no'\ngot:\n  - ok 7", "success: b");
  }

  @Test
  void knowsSkippedTestsAndThoseToBeDone() {
    assertThat(
            results(
                """
                1..5
                ok 1 # SKIP no server
                ok 2 - b # skipped: later
                not ok 3 - c # TODO not yet
                ok 4 - d # todo
                not ok 5 - costs \\# 1 # of them
                """))
        .containsExactly(
            "skip: test 1: no server",
            "skip: b: later",
            "xfail: c: not yet",
            "success: d",
            "failure: costs # 1 # of them");
  }

  @Test
  void skipsTheSuiteByItsPlan() {
    assertThat(results("1..0 # skip no network\n")).containsExactly("skip: the suite: no network");
  }

  @Test
  void readsSubtestsByTheirIndentation() {
    assertThat(
            results(
                """
                TAP version 14
                1..2
                # Subtest: first
                    ok 1 - a
                    not ok 2 - b
                    # why
                    1..2
                not ok 1 - first
                    # Subtest: second
                    1..1
                        ok 1 - deep
                        1..1
                    ok 1 - c
                ok 2 - second
                """))
        .containsExactly(
            "success: first / a",
            "failure: first / b: why",
            "failure: first",
            "success: second / test 1 / deep",
            "success: second / c",
            "success: second");
  }

  @Test
  void makesErrorsOfMissingTests() {
    assertThat(results("1..3\nok 1 - a\nok 3 - c\n"))
        .containsExactly(
            "success: a", "success: c", "error: test 2: the test is missing in the results");
  }

  @Test
  void makesAnErrorOfAMissingPlan() {
    assertThat(results("ok 1 - a\n"))
        .containsExactly(
            "success: a",
            "error: the suite: there is no plan: the results were cut off, or are no TAP");
  }

  @Test
  void makesErrorsOfTestsBeyondThePlanAndTwice() {
    assertThat(results("1..1\nok 1 - a\nok 1 - b\nok 2 - c\n"))
        .containsExactly(
            "success: a",
            "error: b: test 1 comes a second time",
            "success: b",
            "success: c",
            "error: the suite: the plan is 1..1, and 1 tests are beyond it");
  }

  @Test
  void endsWithABailOut() {
    assertThat(results("1..9\nnot ok 1 - a\nBail out! no database\nok 2 - b\n"))
        .containsExactly("failure: a", "error: the suite: Bail out! no database");
  }

  @Test
  void countsOnWhereMillionsAreMissing() {
    assertThat(results("1..999999999\n"))
        .hasSize(101)
        .endsWith("error: the suite: 999999899 more tests are missing in the results");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"okay", "  ok 1", "not okay", "1..x", "test: a", "# note", "", "okidoki 1"})
  void takesOtherLinesForOutput(String line) {
    List<SubunitEvent> events = read("1..1\nok 1 - a\n" + line + "\n");
    assertThat(Readings.output(events)).containsExactly(line);
    assertThat(Readings.results(events)).containsExactly("success: a");
  }

  @Test
  void isConsistentWhateverTheBytes() {
    String[] pieces = {
      "ok",
      "not ok",
      " 1",
      " 2",
      " - a",
      "\n",
      "\n",
      "    ",
      "1..",
      "3",
      "# Subtest: s\n",
      "# SKIP",
      "# TODO x",
      "  ---\n",
      "  ...\n",
      "Bail out!",
      "#",
      "TAP version 14\n",
      "\r",
      "\\#",
      "\u00e4",
      "        ok\n",
      "1..2\n"
    };
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      byte[] bytes = Readings.bytes(text.toString());
      List<SubunitEvent> events = Readings.events(ResultFormat.TAP, bytes, 7);
      Readings.assertConsistent(events);
      assertThat(Readings.events(ResultFormat.TAP, bytes, 1)).isEqualTo(events);
    }
  }

  private static List<String> results(String text) {
    return Readings.results(read(text));
  }

  private static List<SubunitEvent> read(String text) {
    byte[] bytes = Readings.bytes(text);
    return Readings.events(ResultFormat.TAP, bytes, Math.max(1, bytes.length));
  }
}
