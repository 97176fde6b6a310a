package dev.warren.selftest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.warren.lab.process.HostCommand;
import dev.warren.lab.software.SoftwareChoice;
import dev.warren.selftest.plan.PlanRules;
import dev.warren.selftest.plan.SambaPlanReader;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.report.ConsoleReport;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.report.Tally;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.CatalogueReader;
import dev.warren.selftest.verdict.SuiteResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs, in namespaces, with testenvs made of shell scripts. */
@Timeout(60)
class RunTest {
  private static final Path CATALOGUE = Path.of("src/test/resources/catalogue");
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final List<RunEvent> events = new ArrayList<>();
  private final List<String> console = new ArrayList<>();

  @Test
  void setsTestenvsUpWhenFirstNeededAndNeedsFirst() throws Exception {
    run(
        suite("a", "none", "true")
            + suite("b", "first", "true")
            + suite("c", "second", "true")
            + suite("d", "first", "true"));
    assertThat(order())
        .containsExactly("a", "=hub", "=first", "b", "=hub", "=first", "=second", "c", "d");
  }

  @Test
  void runsSuitesInTheClientOrInTheServersHost() throws Exception {
    run(
        suite("client", "first", "echo on $(hostname)")
            + suite("server", "first:local", "echo on $(hostname)"));
    assertThat(output()).containsExactly("on client", "on first");
  }

  @Test
  void givesSuitesTheirVariablesAndAFreshFolder() throws Exception {
    run(
        suite(
                "a",
                "second",
                "echo \"$COMMON,$SERVER_IP,$STATE,$FIRST,$(cat given),$(ls)\" && touch dirt")
            + suite("b", "none", "echo \"$(ls),${SERVER_IP-none}\"; cat /etc/client.conf"));
    assertThat(output())
        .containsExactly(
            "from the catalogue,10.53.57.31,yes,first,content,given",
            "given,none",
            "state is in /run/warren/st");
  }

  @Test
  void startsSuitesWithTheUmaskOfTheCatalogue() throws Exception {
    run(suite("client", "none", "umask") + suite("server", "first:local", "umask"));
    assertThat(output()).containsExactly("0026", "0026");
  }

  /** Nor of the shell that started the run: what a testenv does not export is not there. */
  @Test
  void givesSuitesNothingOfTheCallersEnvironment() throws Exception {
    run(suite("a", "first", "echo $(compgen -e | sort)"));
    assertThat(output())
        .containsExactly(
            "COMMON HOME KRB5CCNAME LANG LC_ALL LISTOPT LOADLIST PATH PWD"
                + " SELFTEST_PREFIX SELFTEST_TMPDIR SERVER SERVER_IP SHLVL SMB_CONF_PATH STATE"
                + " TEST_DATA_PREFIX TMPDIR");
  }

  @Test
  void passesARunInWhichAllIsWell() throws Exception {
    Tally tally = run(suite("a(first)", "first", stream("test: x\\nsuccess: x\\n", "p.", "(e)")));
    assertThat(tally.allOk()).isTrue();
    assertThat(console).endsWith("ALL OK (1 tests in 1 testsuites)");
    assertThat(folder.resolve("st/subunit")).content().contains("success: p.x(e)\n");
    assertThat(folder.resolve("st/junit/TEST-a_first_.xml")).exists();
    assertThat(folder.resolve("st/suites/a_first_.log"))
        .content()
        .startsWith("$ ")
        .contains("success: x\n");
    assertThat(folder.resolve("st/first/server.log")).hasContent("started");
    assertThat(folder.resolve("st/first/setup.log")).hasContent("== look at the file");
  }

  @Test
  void failsARunWithAFailingSuite() throws Exception {
    Tally tally = run(suite("a", "none", "printf 'test: x\\nfailure: x [\\nboom\\n]\\n'; exit 1"));
    assertThat(tally.allOk()).isFalse();
    assertThat(console).contains("UNEXPECTED(failure): x", "REASON: boom");
    assertThat(folder.resolve("st/summary")).content().contains("failure: x\n    boom");
  }

  @Test
  void leavesNothingOfAnEarlierRunAndAllThatIsNoRuns() throws Exception {
    run(suite("old", "first", "echo x > /run/warren/st/first/logs/old.log"));
    Files.writeString(folder.resolve("st/junit/mine.xml"), "");
    Files.writeString(folder.resolve("st/suites/mine"), "");
    Files.createDirectory(folder.resolve("st/second"));
    Files.writeString(folder.resolve("st/second/mine"), "");
    run(suite("new", "second", "true"));
    assertThat(folder.resolve("st/junit"))
        .isDirectoryNotContaining("glob:**/TEST-old.xml")
        .isDirectoryContaining("glob:**/TEST-new.xml")
        .isDirectoryContaining("glob:**/mine.xml");
    assertThat(folder.resolve("st/suites/old.log")).doesNotExist();
    assertThat(folder.resolve("st/suites/mine")).exists();
    assertThat(folder.resolve("st/first/old.log")).doesNotExist();
    assertThat(folder.resolve("st/second/needs/first/setup.log")).exists();
    assertThat(folder.resolve("st/second/mine")).exists();
  }

  @Test
  void copiesTheOtherLogsWhenOneCannotBe() throws Exception {
    Files.createDirectories(folder.resolve("st/first/server.log/in the way"));
    assertThatThrownBy(() -> run(suite("a", "first", "true")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("server.log");
    assertThat(folder.resolve("st/first/setup.log")).exists();
  }

  @Test
  void keepsWhatTheServerLoggedMeanwhile() throws Exception {
    run(suite("a", "first:local", "echo this >> /run/warren/st/first/logs/server.log"));
    assertThat(finished().getFirst().serverLog())
        .isEqualTo("== /run/warren/st/first/logs/server.log ==\nthis\n\n");
  }

  @Test
  void saysWhyAServiceIsNotReady() throws Exception {
    run(suite("a", "unready", "true"));
    SuiteResult result = finished().getFirst().result();
    assertThat(result.outcome()).isEqualTo(Outcome.ERROR);
    assertThat(result.reason().orElseThrow())
        .contains("the testenv unready failed: not ready after 1 s: \"there is a file\"")
        .contains("/nowhere", "waiting for a file");
  }

  @Test
  void saysWhichStepFailedWithTheEndOfItsLog() throws Exception {
    run(suite("a", "dependent", "true") + suite("b", "broken", "true"));
    assertThat(finished())
        .allSatisfy(
            suite ->
                assertThat(suite.result().reason().orElseThrow())
                    .contains(
                        "the testenv broken failed: step \"go wrong\" ended with exit code 7",
                        "line 21",
                        "line 50")
                    .doesNotContain("line 20\n"));
    assertThat(order()).containsExactly("=hub", "=broken", "a", "=hub", "=broken", "b");
  }

  @Test
  void skipsSuitesWhoseTestenvRequiresWhatIsNotThere() throws Exception {
    Tally tally =
        run(
            suite("a", "demanding", "true")
                + suite("b", "demanded:local", "true")
                + suite("c", "hub", "true"));
    assertThat(events)
        .filteredOn(RunEvent.SuiteSkipped.class::isInstance)
        .map(RunEvent.SuiteSkipped.class::cast)
        .extracting(skipped -> skipped.suite().name(), RunEvent.SuiteSkipped::reason)
        .containsExactly(
            tuple("a", "the testenv demanding needs a part that nobody has, which is not here"),
            tuple("b", "the testenv demanding needs a part that nobody has, which is not here"));
    assertThat(order()).containsExactly("=hub", "c");
    assertThat(tally.allOk()).isTrue();
  }

  @Test
  void endsASuiteAtItsTimeLimitWithAllItStarted() throws Exception {
    run(
        suite("slow", "none", "echo begun; (sleep 301 & wait) | cat")
            + suite("after", "none", "! grep -lz '^301$' /proc/[0-9]*/cmdline"),
        Duration.ofSeconds(1),
        event -> {});
    assertThat(finished().getFirst().result().reason().orElseThrow())
        .startsWith("ended after its time limit of 1 s");
    assertThat(output()).contains("begun");
    assertThat(finished().get(1).result().outcome()).isEqualTo(Outcome.SUCCESS);
  }

  @Test
  void endsProcessesWithNamesInNoEncoding() throws Exception {
    run(
        suite(
                "slow",
                "none",
                "sh -c 'printf \"\\377\" > /proc/$$/comm; while :; do sleep 1; done'; true")
            + suite("after", "none", "! grep -lz '^printf' /proc/[0-9]*/cmdline"),
        Duration.ofSeconds(1),
        event -> {});
    assertThat(finished())
        .extracting(suite -> suite.result().outcome())
        .containsExactly(Outcome.ERROR, Outcome.SUCCESS);
  }

  @Test
  void doesNotWaitForWhoKeepsTheOutputOpen() throws Exception {
    run(suite("a", "none", "setsid sleep 302 & echo done"));
    assertThat(output()).containsExactly("done");
    assertThat(finished().getFirst().took()).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void writesTheReportsOfARunThatIsStopped() throws Exception {
    Thread runner = Thread.currentThread();
    Tally tally =
        run(
            suite("a", "none", "echo begun; sleep 303") + suite("b", "none", "true"),
            LONG,
            event -> {
              if (event instanceof RunEvent.SuiteSaid) {
                runner.interrupt();
              }
            });
    assertThat(tally.allOk()).isFalse();
    assertThat(tally.interrupted()).contains("it was stopped");
    assertThat(finished()).hasSize(1);
    assertThat(folder.resolve("st/summary")).content().contains("The run ended early");
  }

  @Test
  void opensATestenvToWorkWith() throws Exception {
    try (TestenvSession session =
        TestenvSession.open(options(), TestenvChoice.parse("first").orElseThrow(), events::add)) {
      assertThat(session.exports()).containsEntry("STATE", "yes");
      Process process =
          session
              .host()
              .start(
                  HostCommand.shell("echo $SERVER at $SERVER_IP; ls")
                      .environment(session.environment())
                      .directory(session.folder()));
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(said).isEqualTo("first at 10.53.57.30\ngiven\n");
    }
    assertThat(folder.resolve("st/first/setup.log")).exists();
  }

  @Test
  void leavesTheLogsOfATestenvThatDoesNotOpen() throws Exception {
    assertThatThrownBy(
            () ->
                TestenvSession.open(
                    options(), TestenvChoice.parse("broken").orElseThrow(), events::add))
        .isInstanceOf(TestenvFailedException.class)
        .hasMessageStartingWith("step \"go wrong\" ended with exit code 7; the end of its log:");
    assertThat(folder.resolve("st/broken/setup.log")).content().contains("line 50");
  }

  private Tally run(String plan) throws Exception {
    return run(plan, LONG, event -> {});
  }

  private Tally run(String plan, Duration limit, RunListener listener) throws Exception {
    LabOptions options = options();
    RunOptions run =
        RunOptions.of(
                "plan",
                options,
                SambaPlanReader.parse(
                    "plan", plan, PlanRules.strict(options.catalogue().testenvs().keySet())))
            .withSuiteLimit(limit);
    return TestRun.execute(
        run, RunListener.all(List.of(events::add, new ConsoleReport(console::add), listener)));
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

  private static String suite(String name, String testenv, String command) {
    return "-- TEST --\n%s\n%s\n%s\n".formatted(name, testenv, command);
  }

  private static String stream(String text, String prefix, String suffix) {
    return "printf '%s' | python3 filter-subunit --prefix=\"%s\" --suffix=\"%s\""
        .formatted(text, prefix, suffix);
  }

  /** Suites as they start, and testenvs, with an equals sign, as they are set up. */
  private List<String> order() {
    List<String> order = new ArrayList<>();
    for (RunEvent event : events) {
      switch (event) {
        case RunEvent.TestenvStarted started -> order.add("=" + started.testenv());
        case RunEvent.SuiteStarted started -> order.add(started.suite().name());
        default -> {}
      }
    }
    return order;
  }

  private List<RunEvent.SuiteFinished> finished() {
    return events.stream()
        .filter(RunEvent.SuiteFinished.class::isInstance)
        .map(RunEvent.SuiteFinished.class::cast)
        .toList();
  }

  private List<String> output() {
    List<String> output = new ArrayList<>();
    for (RunEvent event : events) {
      if (event instanceof RunEvent.SuiteSaid said
          && said.said() instanceof SubunitEvent.Output(String line)) {
        output.add(line);
      }
    }
    return output;
  }
}
