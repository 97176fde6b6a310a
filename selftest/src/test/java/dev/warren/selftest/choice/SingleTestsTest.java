package dev.warren.selftest.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.warren.lab.source.Problem;
import dev.warren.lab.source.Problems;
import dev.warren.selftest.plan.Suite;
import java.util.List;
import org.junit.jupiter.api.Test;

class SingleTestsTest {
  private final Problems problems = new Problems();

  @Test
  void aTestBelongsToTheSuiteWhosePrefixAndSuffixItHas() throws Exception {
    List<Suite> suites =
        Suites.parse(
            Suites.loadList("samba.tests.dns(ad_dc)")
                + Suites.loadList("samba.tests.dns(fl2003dc:local)")
                + Suites.loadList("samba.tests.source"));

    assertThat(
            pick(
                suites,
                "samba.tests.dns.Test.one(fl2003dc:local)",
                "samba.tests.source.Test.two(none)",
                "samba.tests.dns.Test.three(fl2003dc:local)"))
        .extracting(Suite::name, Suite::tests)
        .containsExactly(
            tuple(
                "samba.tests.dns(fl2003dc:local)",
                List.of(
                    "samba.tests.dns.Test.one(fl2003dc:local)",
                    "samba.tests.dns.Test.three(fl2003dc:local)")),
            tuple("samba.tests.source", List.of("samba.tests.source.Test.two(none)")));
  }

  @Test
  void theLongestPrefixWins() throws Exception {
    List<Suite> suites =
        Suites.parse(
            Suites.loadList("samba.tests(ad_dc)") + Suites.loadList("samba.tests.dns(ad_dc)"));

    assertThat(Suites.names(pick(suites, "samba.tests.dns.Test.one(ad_dc)")))
        .containsExactly("samba.tests.dns(ad_dc)");
  }

  @Test
  void aPrefixMayHaveVariables() throws Exception {
    List<Suite> suites = Suites.parse(Suites.loadList("ldap -U$USERNAME:x(ad_dc)"));

    assertThat(pick(suites, "ldap -UAdministrator:x.Test.one(ad_dc)"))
        .singleElement()
        .satisfies(suite -> assertThat(suite.tests()).hasSize(1));
  }

  @Test
  void aSuiteIsNamedForAllItsTests() throws Exception {
    List<Suite> suites = Suites.parse(Suites.loadList("a(ad_dc)") + Suites.loadList("b(ad_dc)"));

    assertThat(pick(suites, "b(ad_dc)", "b.Test.one(ad_dc)"))
        .extracting(Suite::name, Suite::tests)
        .containsExactly(tuple("b(ad_dc)", List.of()));
  }

  @Test
  void aSuiteThatCannotRunSingleTestsRunsWholeAndThatIsKnown() throws Exception {
    List<Suite> suites =
        Suites.parse(
            """
            -- TEST --
            a
            none
            x | filter-subunit --prefix=a.
            -- TEST --
            b
            none
            x | filter-subunit --prefix=b.
            """);
    SingleTests tests = SingleTests.parse("list", "a.one\nb\n");

    assertThat(tests.of(suites, problems)).extracting(Suite::tests).containsOnly(List.of());
    assertThat(Suites.names(tests.unable(suites))).containsExactly("a");
  }

  @Test
  void suitesOfTheSameIdsAllHaveTheTest() throws Exception {
    String twice = Suites.loadList("a(ad_dc)");

    assertThat(pick(Suites.parse(twice + twice), "a.one(ad_dc)")).hasSize(2);
  }

  @Test
  void reportsATestThatNoSuiteHas() throws Exception {
    var _ = pick(Suites.parse(Suites.loadList("a(ad_dc)")), "a.one(ad_dc)", "", "a.one(ad_cd)");

    assertThat(problems.list())
        .extracting(Problem::toString)
        .singleElement()
        .asString()
        .startsWith("list:3:1: no suite of the plan is or has \"a.one(ad_cd)\"");
  }

  private List<Suite> pick(List<Suite> suites, String... lines) {
    return SingleTests.parse("list", String.join("\n", lines)).of(suites, problems);
  }
}
