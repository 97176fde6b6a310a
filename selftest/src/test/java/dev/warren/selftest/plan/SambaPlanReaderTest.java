package dev.warren.selftest.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.warren.lab.source.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SambaPlanReaderTest {
  private static final PlanRules RULES = PlanRules.strict(Set.of("ad_dc", "fileserver"));

  @Test
  void readsSuitesAndPassesOverComments() throws BadInputException {
    Plan plan =
        parse(
            """
            # the first
            -- TEST --
            samba.one(ad_dc:local)
            ad_dc:local
            run one 2>&1
            whatever
            -- TEST-LOADLIST --
            samba.two
            none
            run two --list
            run $LOADLIST two
            """);
    assertThat(plan.suites())
        .extracting(Suite::name, suite -> suite.testenv().toString())
        .containsExactly(
            tuple("samba.one(ad_dc:local)", "ad_dc:local"), tuple("samba.two", "none"));
    assertThat(plan.suites().get(1).listing().orElseThrow().shell()).isEqualTo("run two --list");
    assertThat(plan.testenvs()).containsExactly("ad_dc");
  }

  @Test
  void reportsAllMistakesWithTheirPlace() {
    assertThatThrownBy(
            () ->
                parse(
                    """
                    -- TEST --
                    a(ad_cd)
                    ad_cd
                    x
                    -- TEST --
                    b
                    fileserver:remote
                    x
                    -- TEST --
                    c
                    -- TEST --
                    a(ad_cd)
                    none
                    x
                    -- TEST-LOADLIST --
                    d
                    """))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(
            "p:3:1: unknown testenv \"ad_cd\"; did you mean \"ad_dc\"?",
            "p:7:1: \"fileserver:remote\" is no testenv",
            "p:11:1: the testenv is missing: the entry that starts in line 9",
            "p:12:1: the suite \"a(ad_cd)\" is there twice: first in line 2",
            "p:16:1: the testenv is missing: the entry that starts in line 15",
            "5 problems");
  }

  @Test
  void saysThatThereIsNoSuchPlan() {
    assertThatThrownBy(() -> SambaPlanReader.read(Path.of("no.plan"), RULES))
        .hasMessage("no.plan: there is no such plan");
  }

  @Test
  void cutsTheFilterOffAndReadsItsOptions() throws BadInputException {
    SuiteCommand command =
        SuiteCommand.parse(
            "a 2>&1  | python3 $SRCDIR_ABS/selftest/filter-subunit --fail-on-empty"
                + " --prefix=\"ldap -U$USER --option=\"x=y\"(ad_dc).\" --suffix=\"(${ENV})\"");
    assertThat(command.shell()).isEqualTo("a 2>&1");
    assertThat(command.filterOptions(Map.of("USER", "joe", "ENV", "ad_dc")))
        .isEqualTo(new FilterOptions("ldap -Ujoe --option=x=y(ad_dc).", "(ad_dc)", true));
  }

  @Test
  void cutsOnlyTheLastPipe() {
    SuiteCommand command =
        SuiteCommand.parse("a | python3 tap2subunit 2>&1 | python3 filter-subunit --prefix='p|q'");
    assertThat(command.shell()).isEqualTo("a | python3 tap2subunit 2>&1");
    assertThat(command.filterOptions(Map.of()).prefix()).isEqualTo("p|q");
  }

  @Test
  void readsAllOptionsOfTheFilter() {
    SuiteCommand command =
        SuiteCommand.parse(
            "a | python3 -u filter-subunit --expected-failures=$SRCDIR/knownfail"
                + " --expected-failures known.d --flapping=f --fail-imm --strip-passed-output"
                + " --suffix '(e)' ignored");
    assertThat(command.shell()).isEqualTo("a");
    assertThat(command.filterOptions(Map.of("SRCDIR", "/src")))
        .isEqualTo(
            new FilterOptions(
                "", "(e)", List.of("/src/knownfail", "known.d"), List.of("f"), false, true, true));
  }

  @Test
  void leavesACommandWholeThatWarrenCannotTakeApart() {
    for (String command :
        List.of(
            "a | python3 filter-subunit --prefix=$(id)",
            "a | python3 filter-subunit --perf-test-output",
            "a | python3 filter-subunit --fail",
            "a | python3 filter-subunit --list=yes",
            "a | python3 filter-subunit --prefix",
            "a | python3 filter-subunit --unknown",
            "a | python3 filter-subunit $OPTIONS",
            "a || python3 filter-subunit",
            "(a | python3 filter-subunit)",
            "bash -c 'a | python3 filter-subunit'",
            "a | python3 filter-subunit --prefix=x | cat",
            "filter-subunit")) {
      assertThat(SuiteCommand.parse(command).shell()).isEqualTo(command);
    }
  }

  @Test
  void findsANameAnywhereInEitherCase() throws BadInputException {
    NameFilter filter = NameFilter.of(List.of("DNS", "^samba3"), "argument");
    assertThat(filter.matches("samba.tests.dns_packet(ad_dc)")).isTrue();
    assertThat(filter.matches("samba3.smb2")).isTrue();
    assertThat(filter.matches("x.samba3")).isFalse();
  }

  @Test
  void reportsWhatIsNoExpression() {
    assertThatThrownBy(() -> NameFilter.of(List.of("(", "ok", "["), "argument"))
        .hasMessageContainingAll("argument: \"(\" is no regular expression", "2 problems");
  }

  @Test
  void readsAnythingWithoutFailingInAnotherWay() {
    Random random = new Random(3);
    String[] pieces = {"-- TEST --", "-- TEST-LOADLIST --", "a", "none", "ad_dc:x", "", " ", "| '"};
    for (int round = 0; round < 500; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)]).append('\n');
      }
      try {
        assertThat(parse(text.toString()).suites()).doesNotContainNull();
      } catch (BadInputException e) {
        assertThat(e.problems()).isNotEmpty();
      }
    }
  }

  private static Plan parse(String text) throws BadInputException {
    return SambaPlanReader.parse("p", text, RULES);
  }
}
