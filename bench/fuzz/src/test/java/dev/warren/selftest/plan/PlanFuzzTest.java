package dev.warren.selftest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.fuzz.Damage;
import dev.warren.fuzz.Fuzz;
import dev.warren.fuzz.Fuzz.Outcome;
import dev.warren.lab.source.BadInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Plans, commands and names of testenvs, damaged. */
class PlanFuzzTest {
  private static final String PLAN =
      """
      -- TEST --
      samba.blackbox.one(ad_dc:local)
      ad_dc:local
      /bin/sh one.sh $SERVER "$USERNAME" 2>&1 | python3 filter-subunit --fail-on-empty --prefix="a."
      -- TEST-LOADLIST --
      samba.two
      none
      python3 -m two --list $LISTOPT
      python3 -m two --load-list=$LOADLIST
      """;

  private static final String YAML =
      """
      summary: For damage
      defaults: {testenv: ad_dc, format: tap, timeout: 60s, variables: {A: b}, tags: [x]}
      suites:
        - name: one
          command: sh one.t | filter-subunit --prefix="a."
          list: sh one.t --list
          directory: sub/folder
          fail-on-empty: true
        - {name: two, testenv: "ad_dc:local", command: 'true', format: exit-code, timeout: 1h}
        - name: three
          testenv: none
          command: |
            cd /
            make check
          variables: {B: "c d", E: }
          format: junit
      """;

  @Test
  void yamlPlans() throws Exception {
    Fuzz.check(
        "plan in YAML",
        50,
        Damage.texts(
            List.of(
                "\n",
                " ",
                ":",
                "-",
                "{",
                "}",
                "[",
                "]",
                "|",
                "'",
                "\"",
                "\\",
                "suites",
                "name",
                "testenv",
                "format",
                "subunit2",
                "none",
                "0s",
                "#",
                "\0",
                "&a",
                "*a",
                "!!int"),
            List.of(YAML)),
        text -> {
          Plan plan;
          try {
            plan = YamlPlanReader.parse("p.yaml", text, PlanRules.strict(Set.of("ad_dc", "none")));
          } catch (BadInputException refused) {
            assertThat(refused.problems())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.position().file()).isEqualTo("p.yaml"));
            return Outcome.REJECTED;
          }
          assertThat(plan.suites().stream().map(Suite::name)).doesNotHaveDuplicates();
          assertThat(Set.of("ad_dc", "none")).containsAll(plan.testenvs());
          assertThat(plan.suites())
              .allSatisfy(
                  suite -> {
                    assertThat(suite.name()).isNotBlank().doesNotContain("\n", "\0");
                    assertThat(suite.command().shell()).doesNotContain("\0");
                    assertThat(suite.settings().variables().values())
                        .noneMatch(value -> value.contains("\0"));
                    assertThat(suite.settings().limit().filter(limit -> !limit.isPositive()))
                        .isEmpty();
                    assertThat(suite.position().line()).isPositive();
                  });
          return Outcome.ACCEPTED;
        });
  }

  @Test
  void plans() throws Exception {
    Fuzz.check(
        "plan",
        100,
        Damage.texts(
            List.of(
                "-- TEST --\n",
                "-- TEST-LOADLIST --\n",
                "\n",
                " ",
                ":",
                "|",
                "filter-subunit",
                "'",
                "\"",
                "none",
                "\0"),
            List.of(PLAN)),
        text -> {
          Plan plan;
          try {
            plan = SambaPlanReader.parse("plan", text, PlanRules.strict(Set.of("ad_dc", "none")));
          } catch (BadInputException refused) {
            int lines = (int) text.lines().count();
            assertThat(refused.problems())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.position().line()).isBetween(1, lines));
            return Outcome.REJECTED;
          }
          long entries =
              text.lines()
                  .map(String::stripTrailing)
                  .filter(line -> line.startsWith("-- TEST"))
                  .count();
          assertThat((long) plan.suites().size()).isLessThanOrEqualTo(entries);
          assertThat(Set.of("ad_dc", "none")).containsAll(plan.testenvs());
          return plan.suites().isEmpty() ? Outcome.REJECTED : Outcome.ACCEPTED;
        });
  }

  @Test
  void commands() throws Exception {
    Fuzz.check(
        "commands of a plan",
        100,
        Damage.texts(
            List.of(
                "'",
                "\"",
                "\\",
                "$",
                "${",
                "}",
                "$A",
                " ",
                "|",
                "||",
                ";",
                "#",
                "filter-subunit",
                "--prefix=",
                "`"),
            List.of(
                "filter-subunit --prefix=\"a b\" --suffix='(x)' --expected-failures=$A/known",
                "a 'b c' \"d $E ${F} \\\" g\" h\\ i",
                "one | two | filter-subunit --fail-immediately")),
        command -> {
          SuiteCommand suite = SuiteCommand.parse(command);
          var _ = suite.filterOptions(Map.of("A", "b"));
          Optional<List<ShellWord>> words = ShellWord.split(command);
          if (words.isEmpty()) {
            return Outcome.REJECTED;
          }
          // In single quotes it is the same words again.
          Map<String, String> values = Map.of("A", "it's", "E", " ");
          List<String> told = words.get().stream().map(word -> word.expand(values)).toList();
          String quoted =
              told.stream()
                  .map(word -> "'" + word.replace("'", "'\\''") + "'")
                  .collect(Collectors.joining(" "));
          assertThat(
                  ShellWord.split(quoted).orElseThrow().stream()
                      .map(word -> word.expand(Map.of()))
                      .toList())
              .isEqualTo(told);
          return Outcome.ACCEPTED;
        });
  }

  @Test
  void testenvs() throws Exception {
    Fuzz.check(
        "testenvs of suites",
        100,
        Damage.texts(
            List.of(":", "local", "client", "-", "_", ".", " ", "/"),
            List.of("ad_dc", "ad_dc:local", "none", "x:client")),
        text -> {
          Optional<TestenvChoice> read = TestenvChoice.parse(text);
          read.ifPresent(
              choice -> assertThat(TestenvChoice.parse(choice.toString())).contains(choice));
          return read.isPresent() ? Outcome.ACCEPTED : Outcome.REJECTED;
        });
  }
}
