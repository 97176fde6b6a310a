package dev.warren.selftest.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.software.SoftwareChoice;
import dev.warren.selftest.choice.Durations;
import dev.warren.selftest.plan.Plan;
import dev.warren.selftest.plan.PlanRules;
import dev.warren.selftest.plan.SambaPlanReader;
import dev.warren.selftest.plan.SkippedSuite;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.plan.YamlPlanReader;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.report.Tally;
import dev.warren.selftest.run.TestLister.Listing;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.CatalogueReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs and lists of chosen suites and tests, in namespaces. */
@Timeout(60)
class ChosenRunTest {
  private static final Path CATALOGUE = Path.of("src/test/resources/catalogue");

  /** A program with the options of subunit's runner: it has the tests one, two and three. */
  private static final String PROGRAM =
      "for t in one two three; do"
          + " case $1 in --load-list=*) grep -qx $t ${1#--load-list=} || continue;; esac;"
          + " if [ \"$1\" = --list ]; then echo $t; else printf 'test: %s\\nsuccess: %s\\n' $t $t;"
          + " fi; done";

  private static final String SINGLE_TESTS =
      """
      -- TEST-LOADLIST --
      a(first)
      first
      bash -c '%1$s' x $LISTOPT | python3 filter-subunit --list --prefix="a." --suffix="($SERVER)"
      bash -c '%1$s' x $LOADLIST | python3 filter-subunit --prefix="a." --suffix="($SERVER)"
      """
          .formatted(PROGRAM.replace("'", "'\\''"));

  @TempDir Path folder;
  private final List<RunEvent> events = new ArrayList<>();

  @Test
  void runsTheSingleTestsOfASuite() throws Exception {
    Suite suite = samba(SINGLE_TESTS).getFirst();

    Tally tally =
        run(new Plan(List.of(suite.withTests(List.of("a.three(first)", "a.one(first)")))));

    assertThat(tally.allOk()).isTrue();
    assertThat(tests()).containsExactly("a.one(first)", "a.three(first)");
  }

  @Test
  void runsAllTestsWhereNoneIsPicked() throws Exception {
    run(new Plan(samba(SINGLE_TESTS)));

    assertThat(tests()).containsExactly("a.one(first)", "a.two(first)", "a.three(first)");
  }

  @Test
  void listsTestsWithoutSettingTestenvsUp() throws Exception {
    List<Listing> listings = new ArrayList<>();
    String plan =
        SINGLE_TESTS
            + "-- TEST --\nb\nnone\ntrue\n"
            + "-- TEST-LOADLIST --\nc\nsecond:local\n"
            + "hostname; echo \"$FIRST\"; echo noise >&2\ntrue\n"
            + "-- TEST-LOADLIST --\nd\nnone\necho half; echo why >&2; exit 4\ntrue\n";

    TestLister.list(options(), new Plan(samba(plan)), events::add, listings::add);

    assertThat(listings)
        .satisfiesExactly(
            one ->
                assertThat(((Listing.Tests) one).ids())
                    .containsExactly("a.one(first)", "a.two(first)", "a.three(first)"),
            one -> assertThat(one).isInstanceOf(Listing.Unable.class),
            one -> assertThat(((Listing.Tests) one).ids()).containsExactly("second", "first"),
            one ->
                assertThat(((Listing.Failed) one).reason())
                    .isEqualTo("its listing command ended with exit code 4, and said: why"));
    assertThat(events).noneMatch(RunEvent.TestenvStarted.class::isInstance);
  }

  @Test
  void tellsOfSkippedSuites() throws Exception {
    List<Suite> suites = samba("-- TEST --\na\nnone\ntrue\n-- TEST --\nb\nnone\nfalse\n");

    Tally tally =
        run(
            new Plan(
                suites.subList(0, 1),
                List.of(new SkippedSuite(suites.getLast(), "it is not ready"))));

    assertThat(tally.allOk()).isTrue();
    assertThat(folder.resolve("st/subunit"))
        .content()
        .startsWith("progress: 2\nskip-testsuite: b [\nit is not ready\n]\n");
    assertThat(folder.resolve("st/summary"))
        .content()
        .contains("= Skipped suites =\nit is not ready\n    b\n")
        .endsWith("ALL OK (0 tests in 1 testsuites)\n");
  }

  @Test
  void endsAfterTheFirstFailureWhenAskedTo() throws Exception {
    String plan =
        "-- TEST --\na\nnone\ntrue\n-- TEST --\nb\nnone\nfalse\n-- TEST --\nc\nnone\ntrue\n";

    Tally tally = run(new Plan(samba(plan)), true);

    assertThat(tally.suites()).hasSize(2);
    assertThat(tally.interrupted()).contains("a suite failed, and no other was to run after that");
  }

  @Test
  void aSuiteOfAnAliasRunsInItsTestenvUnderItsOwnName() throws Exception {
    run(
        new Plan(
            samba(
                """
                -- TEST --
                a(also_first)
                also_first
                echo $SERVER
                -- TEST --
                b(first)
                first
                echo $SERVER
                """)));

    assertThat(events.stream().filter(RunEvent.TestenvReady.class::isInstance))
        .extracting(event -> ((RunEvent.TestenvReady) event).testenv())
        .containsExactly("hub", "first");
    assertThat(folder.resolve("st/suites/a_also_first_.log")).content().contains("\nfirst\n");
  }

  @Test
  void aSuiteHasTheVariablesFolderAndLimitOfItsPlan() throws Exception {
    Plan plan =
        YamlPlanReader.parse(
            "p",
            """
            defaults: {format: subunit}
            suites:
              - {name: a, command: 'printf "%s " "$COMMON" "$(basename "$PWD")"', directory: ..,
                 variables: {COMMON: mine}}
              - {name: b, command: sleep 30, timeout: 200ms}
            """,
            PlanRules.FORMAT_ONLY);

    Tally tally = run(plan);

    assertThat(folder.resolve("st/suites/a.log")).content().endsWith("\nmine tmp ");
    assertThat(tally.badSuites())
        .singleElement()
        .satisfies(suite -> assertThat(suite.took()).isLessThan(Duration.ofSeconds(20)));
  }

  @Test
  void recordsWhatTookHowLongAndWhatFailed() throws Exception {
    Path file = folder.resolve("durations.json");
    String plan =
        """
        -- TEST --
        a(first)
        first
        sleep 0.2
        -- TEST --
        b
        none
        false
        -- TEST --
        c
        none
        kill -9 $$
        """;

    run(
        new Plan(samba(plan)),
        false,
        List.of(new DurationRecorder(file, _ -> {}), new FailureRecorder(folder.resolve("st"))));

    Durations durations = Durations.read(file, _ -> {});
    assertThat(durations.suite("a(first)").orElseThrow()).isGreaterThan(Duration.ofMillis(199));
    assertThat(durations.suite("b")).isPresent();
    assertThat(durations.suite("c")).isEmpty();
    assertThat(durations.testenv("first")).isPresent();
    assertThat(folder.resolve("st/failed")).hasContent("b\nc");
  }

  private Tally run(Plan plan) throws Exception {
    return run(plan, false);
  }

  private Tally run(Plan plan, boolean failFast) throws Exception {
    return run(plan, failFast, List.of());
  }

  private Tally run(Plan plan, boolean failFast, List<RunListener> listeners) throws Exception {
    List<RunListener> all = new ArrayList<>(listeners);
    all.add(events::add);
    return TestRun.execute(
        RunOptions.of("plan", options(), plan)
            .withSuiteLimit(Duration.ofSeconds(30))
            .withFailFast(failFast),
        RunListener.all(all));
  }

  private LabOptions options() throws Exception {
    Catalogue catalogue = CatalogueReader.read(CATALOGUE);
    return LabOptions.of(
            catalogue,
            folder.resolve("st"),
            folder.resolve("cache"),
            LabOpener.below(folder.resolve("labs")))
        .withSoftware(SoftwareChoice.INSTALLED);
  }

  private List<String> tests() {
    return events.stream()
        .filter(RunEvent.TestFinished.class::isInstance)
        .map(event -> ((RunEvent.TestFinished) event).verdict().id())
        .toList();
  }

  private static List<Suite> samba(String plan) throws Exception {
    return SambaPlanReader.parse("plan", plan, PlanRules.FORMAT_ONLY).suites();
  }
}
