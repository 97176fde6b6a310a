package dev.warren.selftest.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.software.SoftwareChoice;
import dev.warren.linux.idmap.IdMap;
import dev.warren.selftest.plan.PlanRules;
import dev.warren.selftest.plan.SambaPlanReader;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.report.events.EventsReader;
import dev.warren.selftest.report.events.RunFacts;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.CatalogueReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What whole runs leave for people and programs, in namespaces. */
@Timeout(60)
class RunReportsTest {
  private static final Path CATALOGUE = Path.of("src/test/resources/catalogue");

  @TempDir Path folder;

  @Test
  void leavesTheEventsThatItsListenersWereTold() throws Exception {
    List<RunEvent> told = new ArrayList<>();
    run("-- TEST --\na\nfirst\nprintf 'test: x\\nfailure: x [\\nboom\\n]\\n'\n", told::add);
    List<RunEvent> read = new ArrayList<>();
    EventsReader.Result result = EventsReader.readFolder(folder.resolve("st"), read::add);
    assertThat(read).isEqualTo(told);
    assertThat(result.head().orElseThrow().facts().commandLine()).containsExactly("test", "plan");
  }

  @Test
  void tellsHowManyIdsItsHostsHad() throws Exception {
    run("-- TEST --\na\nnone\ntrue\n", _ -> {});
    EventsReader.Result result = EventsReader.readFolder(folder.resolve("st"), _ -> {});
    assertThat(result.head().orElseThrow().facts().ids()).contains(IdMap.ofUsers().size());
  }

  @Test
  void tellsWhichPackagesItsTestenvsNameWithTheirVersions() throws Exception {
    List<RunEvent> told = new ArrayList<>();
    run("-- TEST --\na\npackaged\ntrue\n", told::add);
    assertThat(told)
        .filteredOn(RunEvent.SoftwareReady.class::isInstance)
        .singleElement()
        .satisfies(
            event ->
                assertThat(((RunEvent.SoftwareReady) event).packages())
                    .containsOnlyKeys("bash")
                    .doesNotContainValue(""));
  }

  @Test
  void tellsWhichHostsALabHas() throws Exception {
    List<RunEvent> told = new ArrayList<>();
    run("-- TEST --\na\nsecond\ntrue\n", told::add);
    RunEvent.LabStarted lab =
        told.stream()
            .filter(RunEvent.LabStarted.class::isInstance)
            .map(RunEvent.LabStarted.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(lab.needs()).containsOnlyKeys("hub", "first", "second");
    assertThat(lab.needs().get("second")).contains("first");
    assertThat(lab.topology().hosts()).extracting(host -> host.name()).contains("first", "second");
  }

  @Test
  void makesThePageOfARun() throws Exception {
    run("-- TEST --\na\nfirst\nprintf 'test: x\\nfailure: x [\\nboom\\n]\\n'\n", _ -> {});
    assertThat(folder.resolve("st/report.html"))
        .content()
        .contains("Failed: plan", "boom", "first.example.test");
  }

  @Test
  void makesThePageOfARunThatWasStopped() throws Exception {
    Thread runner = Thread.currentThread();
    run(
        "-- TEST --\na\nnone\necho here; sleep 30\n-- TEST --\nb\nnone\ntrue\n",
        event -> {
          if (event instanceof RunEvent.SuiteSaid) {
            runner.interrupt();
          }
        });
    assertThat(folder.resolve("st/report.html"))
        .content()
        .contains("\"interrupted\":\"it was stopped\"");
  }

  @Test
  void takesAwayWhatAnEarlierRunLeft() throws Exception {
    Path old = Files.createDirectories(folder.resolve("st")).resolve("report.html");
    Files.writeString(old, "old");
    run(
        "-- TEST --\na\nnone\ntrue\n",
        event -> {
          if (event instanceof RunEvent.SuiteStarted) {
            assertThat(old).doesNotExist();
          }
        });
    assertThat(old).content().contains("Passed: plan");
  }

  private void run(String plan, RunListener listener) throws Exception {
    Catalogue catalogue = CatalogueReader.read(CATALOGUE);
    LabOptions lab =
        LabOptions.of(
                catalogue,
                folder.resolve("st"),
                folder.resolve("cache"),
                LabOpener.below(folder.resolve("labs")))
            .withSoftware(SoftwareChoice.INSTALLED);
    RunOptions run =
        RunOptions.of(
                "plan",
                lab,
                SambaPlanReader.parse(
                    "plan", plan, PlanRules.strict(catalogue.testenvs().keySet())))
            .withSuiteLimit(Duration.ofSeconds(30));
    TestRun.execute(run, RunFacts.ofThisProcess(List.of("test", "plan")), listener);
  }
}
