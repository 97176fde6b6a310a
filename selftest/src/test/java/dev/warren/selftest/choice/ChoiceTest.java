package dev.warren.selftest.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.warren.lab.source.Problem;
import dev.warren.lab.source.Problems;
import dev.warren.selftest.plan.NameFilter;
import dev.warren.selftest.plan.Plan;
import dev.warren.selftest.plan.PlanRules;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.plan.YamlPlanReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChoiceTest {
  private final Problems problems = new Problems();

  @Test
  void includeFilesAreCaseSensitiveAndExcludeFilesGiveTheReason() throws Exception {
    Plan plan =
        new Choice(
                NameFilter.ALL,
                List.of(patterns("dns\n# a comment\n\nldap  # all of it")),
                patterns("dns_forwarder\t# needs a second server\nLDAP\nb#c"),
                TestenvFilter.ALL,
                Set.of(),
                Optional.empty())
            .of(
                Suites.named("dns", "DNS", "dns_forwarder(ad_dc)", "ldap", "smb"),
                List.of(),
                problems);

    assertThat(Suites.names(plan.suites())).containsExactly("dns", "ldap");
    assertThat(plan.skipped())
        .extracting(skipped -> skipped.suite().name(), skipped -> skipped.reason())
        .containsExactly(tuple("dns_forwarder(ad_dc)", "needs a second server"));
  }

  @Test
  void aHashInsideOfAnExpressionBelongsToIt() {
    assertThat(patterns("a#b # why").find("xa#by")).contains("why");
    assertThat(patterns("a#b").find("a")).isEmpty();
    assertThat(patterns("a").find("cat")).contains("");
  }

  @Test
  void reportsWhatIsNoExpressionInAList() {
    var _ = patterns("ok\na( # why");

    assertThat(problems.list())
        .extracting(Problem::toString)
        .singleElement()
        .asString()
        .startsWith("list:2:3: \"a(\" is no regular expression");
  }

  @Test
  void testenvsAreComparedByWhatStandsBeforeTheColon() throws Exception {
    Plan plan =
        choice(new TestenvFilter(Set.of("ad_dc"), Set.of("ad_dc")))
            .of(
                Suites.named("a(ad_dc)", "b(ad_dc:local)", "c(ad_dc_default)", "d"),
                List.of(),
                problems);

    assertThat(Suites.names(plan.suites())).containsExactly("a(ad_dc)", "b(ad_dc:local)");
    assertThat(plan.skipped())
        .extracting(skipped -> skipped.reason())
        .containsExactly(
            "its testenv ad_dc_default is not among those of --include-env",
            "its testenv none is not among those of --include-env");
  }

  @Test
  void excludedTestenvsAreSkipped() throws Exception {
    Plan plan =
        choice(new TestenvFilter(Set.of(), Set.of("ad_dc", "none")))
            .of(Suites.named("a(ad_dc:local)", "b(fl2003dc)", "c"), List.of(), problems);

    assertThat(Suites.names(plan.suites())).containsExactly("b(fl2003dc)");
    assertThat(plan.skipped()).hasSize(2);
  }

  @Test
  void aTestenvThatNeitherPlanNorCatalogueHasIsAMistake() throws Exception {
    var _ =
        choice(new TestenvFilter(Set.of("ad_cd", "known"), Set.of()))
            .of(Suites.named("a(ad_dc)"), List.of("known"), problems);

    assertThat(problems.list())
        .extracting(Problem::toString)
        .containsExactly(
            "--include-env: no suite has the testenv \"ad_cd\"; did you mean \"ad_dc\"?");
  }

  @Test
  void tagsChooseSuitesOfWarrensOwnPlans() throws Exception {
    List<Suite> suites =
        YamlPlanReader.parse(
                "p",
                """
                suites:
                  - {name: a, command: x, tags: [fast]}
                  - {name: b, command: x, tags: [slow, web]}
                  - {name: c, command: x}
                """,
                PlanRules.FORMAT_ONLY)
            .suites();

    Plan plan = tagged(Set.of("fast", "web")).of(suites, List.of(), problems);
    var _ = tagged(Set.of("fats")).of(suites, List.of(), problems);

    assertThat(Suites.names(plan.suites())).containsExactly("a", "b");
    assertThat(problems.list())
        .extracting(Problem::toString)
        .containsExactly("--tag: no suite has the tag \"fats\"; did you mean \"fast\"?");
  }

  @Test
  void suitesOfOneNameCanBeNumbered() throws Exception {
    assertThat(Suites.names(Duplicates.numbered(Suites.named("a", "b", "a", "a~2", "a"))))
        .containsExactly("a", "b", "a~3", "a~2", "a~4");
  }

  private SuitePatterns patterns(String text) {
    return SuitePatterns.parse("list", text, problems);
  }

  private Choice choice(TestenvFilter testenvs) {
    return new Choice(
        NameFilter.ALL, List.of(), patterns(""), testenvs, Set.of(), Optional.empty());
  }

  private Choice tagged(Set<String> tags) {
    return new Choice(
        NameFilter.ALL, List.of(), patterns(""), TestenvFilter.ALL, tags, Optional.empty());
  }
}
