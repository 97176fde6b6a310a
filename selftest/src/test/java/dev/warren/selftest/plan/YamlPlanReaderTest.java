package dev.warren.selftest.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.warren.lab.source.BadInputException;
import dev.warren.selftest.plan.TestenvChoice.Side;
import dev.warren.selftest.results.ResultFormat;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class YamlPlanReaderTest {
  private static final PlanRules RULES = PlanRules.strict(Set.of("web", "db"));

  @Test
  void readsAllThatASuiteCanHave() throws BadInputException {
    Suite suite =
        only(
            """
            summary: What a web server must do
            suites:
              - name: front page
                testenv: web:local
                command: sh front.t
                list: sh front.t --list
                timeout: 90s
                directory: sub/folder
                variables: {URL: "http://www/", EMPTY: }
                tags: [fast, http-2]
                format: tap
                fail-on-empty: true
            """);

    assertThat(suite.name()).isEqualTo("front page");
    assertThat(suite.testenv()).isEqualTo(new TestenvChoice("web", Side.LOCAL));
    assertThat(suite.command().shell()).isEqualTo("sh front.t");
    assertThat(suite.listing().orElseThrow().shell()).isEqualTo("sh front.t --list");
    assertThat(suite.settings())
        .isEqualTo(
            new SuiteSettings(
                ResultFormat.TAP,
                Optional.of(Duration.ofSeconds(90)),
                Optional.of("sub/folder"),
                Map.of("URL", "http://www/", "EMPTY", ""),
                Set.of("fast", "http-2")));
    assertThat(suite.position()).hasToString("p.yaml:3:5");
    assertThat(suite.testenvPosition()).hasToString("p.yaml:4:14");
  }

  @Test
  void aCommandAloneIsASuiteOfOneTestWithoutATestenv() throws BadInputException {
    Suite suite = only("suites: [{name: a, command: 'true'}]");

    assertThat(suite.testenv().isNone()).isTrue();
    assertThat(suite.settings().format()).isEqualTo(ResultFormat.EXIT_CODE);
    assertThat(suite.command().filterOptions(Map.of())).isEqualTo(FilterOptions.NONE);
  }

  @Test
  void testsAreNamedAfterTheirSuite() throws BadInputException {
    Suite suite = only("suites: [{name: my suite, command: prove, format: tap}]");

    assertThat(suite.command().filterOptions(Map.of()).rename("1 ok")).isEqualTo("my suite.1 ok");
  }

  @Test
  void aCommandThatFiltersItselfNamesItsTests() throws BadInputException {
    Suite suite =
        only("suites: [{name: a, format: subunit, command: x | filter-subunit --prefix=b.}]");

    assertThat(suite.command().filterOptions(Map.of()).rename("c")).isEqualTo("b.c");
  }

  @Test
  void defaultsAreWhatASuiteDoesNotSayItself() throws BadInputException {
    Plan plan =
        parse(
            """
            defaults: {testenv: web, format: subunit2, timeout: 1m, variables: {A: a, B: b}, tags: [x]}
            suites:
              - {name: one, command: x}
              - {name: two, command: x, testenv: db, format: junit, variables: {B: c}, tags: [y]}
            """);

    assertThat(plan.suites())
        .extracting(
            suite -> suite.testenv().toString(),
            suite -> suite.settings().format(),
            suite -> suite.settings().variables(),
            suite -> suite.settings().tags())
        .containsExactly(
            tuple("web", ResultFormat.SUBUNIT2, Map.of("A", "a", "B", "b"), Set.of("x")),
            tuple("db", ResultFormat.JUNIT_XML, Map.of("A", "a", "B", "c"), Set.of("y")));
    assertThat(plan.suites())
        .allSatisfy(suite -> assertThat(suite.settings().limit()).contains(Duration.ofMinutes(1)));
  }

  @Test
  void reportsEveryMistakeAtItsPlace() {
    assertThatThrownBy(
            () ->
                parse(
                    """
                    defaults: {format: tab, name: x}
                    suites:
                      - name: a
                        comand: x
                        testenv: wep
                      - {name: b, command: "", timeout: 0s}
                      - {name: "b ", command: x, timeout: soon, tags: [a b]}
                      - {name: c, command: x, testenv: "web:remote", variables: {1A: x, B: [y]}}
                      - just text
                      - {name: d, command: x}
                      - {name: d, command: y}
                    """))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(
            "p.yaml:1:20: unknown format \"tab\"; did you mean \"tap\"?",
            "p.yaml:1:25: unknown key \"name\"",
            "p.yaml:3:5: the key \"command\" is missing here",
            "p.yaml:4:5: unknown key \"comand\"; did you mean \"command\"?",
            "p.yaml:6:24: there is no command",
            "p.yaml:6:37: a suite needs some time to run in",
            "p.yaml:7:12: the name of a suite is one line",
            "p.yaml:7:39: a time like 500ms, 60s, 2m or 1h is expected",
            "p.yaml:7:52: \"a b\" is no tag",
            "p.yaml:8:36: \"web:remote\" is no testenv",
            "p.yaml:8:62: \"1A\" cannot be the name of a variable",
            "p.yaml:8:72: a text is expected, but this is a list",
            "p.yaml:9:5: a mapping (key: value) is expected",
            "p.yaml:11:6: the suite \"d\" is there twice: first in line 10");
  }

  @Test
  void reportsATestenvThatIsNotThere() {
    assertThatThrownBy(() -> parse("suites: [{name: a, command: x, testenv: wep}]"))
        .hasMessage("p.yaml:1:41: unknown testenv \"wep\"; did you mean \"web\"?");
  }

  @Test
  void aPlanHasSuites() {
    assertThatThrownBy(() -> parse("summary: nothing"))
        .hasMessage("p.yaml:1:1: the key \"suites\" is missing here");
  }

  private static Suite only(String text) throws BadInputException {
    Plan plan = parse(text);
    assertThat(plan.suites()).hasSize(1);
    return plan.suites().getFirst();
  }

  private static Plan parse(String text) throws BadInputException {
    return YamlPlanReader.parse("p.yaml", text, RULES);
  }
}
