package dev.warren.selftest.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.software.SoftwareChoice;
import dev.warren.selftest.plan.PlanRules;
import dev.warren.selftest.plan.SambaPlanReader;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.Tally;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.testenv.CatalogueReader;
import dev.warren.selftest.verdict.SuiteResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Suites whose commands pipe into Samba's {@code filter-subunit}, which is not there. */
@Timeout(60)
class FilteredRunTest {
  private static final String FILTER = " | python3 selftest/filter-subunit --prefix=a. ";

  /** From a suite's folder to the catalogue's: where the command runs is where lists are sought. */
  private static final String LISTS = "../../../catalogue/lists/";

  @TempDir Path folder;
  private final List<RunEvent> events = new ArrayList<>();

  @Test
  void knowsTheFailuresInTheListsOfItsFilter() throws Exception {
    run(
        "printf 'test: known\\nfailure: known\\ntest: flaky\\nfailure: flaky\\n'"
            + FILTER
            + "--expected-failures="
            + LISTS
            + "known --flapping "
            + LISTS
            + "flaky");

    assertThat(tests()).containsExactly("a.known xfail", "a.flaky xfail");
    assertThat(notes()).containsExactly("not done yet", "");
  }

  /** As Samba's script does: it ends with 1 when a test said so, whatever it makes of that. */
  @Test
  void aFailureThatOnlyTheFilterKnowsFailsTheSuiteStill() throws Exception {
    run(
        "printf 'test: known\\nfailure: known\\n'"
            + FILTER
            + "--expected-failures="
            + LISTS
            + "known");

    assertThat(result().outcome()).isEqualTo(Outcome.FAILURE);
  }

  @Test
  void aKnownFailureThatPassesIsASurprise() throws Exception {
    run(
        "printf 'test: known\\nsuccess: known\\n'"
            + FILTER
            + "--expected-failures="
            + LISTS
            + "known");

    assertThat(tests()).containsExactly("a.known uxsuccess");
    assertThat(result().outcome()).isEqualTo(Outcome.UXSUCCESS);
  }

  @Test
  void isAnErrorWhereAListIsNotThere() throws Exception {
    run("echo nothing" + FILTER + "--flapping=nowhere");

    assertThat(result().outcome()).isEqualTo(Outcome.ERROR);
    assertThat(result().reason().orElseThrow())
        .matches("(?s).*filter-subunit: /run/warren/st/tmp/\\d+/nowhere: there is no such file.*");
  }

  @Test
  void readsNoFurtherThanToTheFirstFailure() throws Exception {
    Tally tally =
        run(
            "(printf 'test: x\\nsuccess: x\\ntest: y\\nfailure: y\\ntest: z\\nsuccess: z\\n';"
                + " while echo more; do sleep 0.01; done)"
                + FILTER
                + "--fail-immediately");

    assertThat(tests()).containsExactly("a.x success", "a.y failure");
    assertThat(result().outcome()).isEqualTo(Outcome.FAILURE);
    assertThat(result().reason().orElseThrow()).contains("Exit code was 1");
    assertThat(tally.allOk()).isFalse();
  }

  @Test
  void leavesOutWhatPassedTestsPrinted() throws Exception {
    run(
        "printf 'before\\ntest: x\\nof x\\nsuccess: x\\ntest: y\\nof y\\nfailure: y\\nafter\\n'"
            + FILTER
            + "--strip-passed-output");

    assertThat(events.stream().filter(RunEvent.SuiteSaid.class::isInstance))
        .extracting(event -> ((RunEvent.SuiteSaid) event).said())
        .containsExactly(
            new SubunitEvent.Output("before"),
            new SubunitEvent.Output("of y"),
            new SubunitEvent.Output("after"));
    assertThat(folder.resolve("st/suites/a.log")).content().contains("of x\n");
  }

  private Tally run(String command) throws Exception {
    LabOptions options =
        LabOptions.of(
                CatalogueReader.read(Path.of("src/test/resources/catalogue")),
                folder.resolve("st"),
                folder.resolve("cache"),
                LabOpener.below(folder.resolve("labs")))
            .withSoftware(SoftwareChoice.INSTALLED);
    return TestRun.execute(
        RunOptions.of(
                "plan",
                options,
                SambaPlanReader.parse(
                    "plan", "-- TEST --\na\nnone\n" + command + "\n", PlanRules.FORMAT_ONLY))
            .withSuiteLimit(Duration.ofSeconds(30)),
        events::add);
  }

  private List<String> tests() {
    return events.stream()
        .filter(RunEvent.TestFinished.class::isInstance)
        .map(event -> ((RunEvent.TestFinished) event).verdict())
        .map(verdict -> verdict.id() + " " + verdict.outcome().word())
        .toList();
  }

  /** Why tests were known to fail, as their lists say. */
  private List<String> notes() {
    return events.stream()
        .filter(RunEvent.TestFinished.class::isInstance)
        .map(event -> ((RunEvent.TestFinished) event).verdict().note().orElse("none"))
        .map(note -> note.replaceFirst("known failure \\(.*\\)(: )?", ""))
        .toList();
  }

  private SuiteResult result() {
    return events.stream()
        .filter(RunEvent.SuiteFinished.class::isInstance)
        .map(event -> ((RunEvent.SuiteFinished) event).result())
        .findFirst()
        .orElseThrow();
  }
}
