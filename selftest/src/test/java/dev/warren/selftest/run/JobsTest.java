package dev.warren.selftest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.lab.software.SoftwareChoice;
import dev.warren.selftest.plan.Plan;
import dev.warren.selftest.plan.PlanRules;
import dev.warren.selftest.plan.SambaPlanReader;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.report.Tally;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.CatalogueReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs of several suites at a time, and labs that are made anew, in namespaces. */
@Timeout(120)
class JobsTest {
  private static final Path CATALOGUE = Path.of("src/test/resources/catalogue");

  /** Says that it is here, and waits until the test lets all go on. */
  private static final String MEET =
      "echo here; until [ -e /run/warren/catalogue/go ]; do sleep 0.02; done; ";

  @TempDir private Path folder;
  private final List<RunEvent> events = new ArrayList<>();

  @BeforeEach
  void copyTheCatalogue() throws IOException {
    try (Stream<Path> files = Files.walk(CATALOGUE)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve("catalogue").resolve(CATALOGUE.relativize(file)));
      }
    }
  }

  @Test
  void suitesOfOneTestenvRunAtTheSameTimeInCopiesAtTheSameAddresses() throws Exception {
    String command =
        MEET + "[ ! -e $STATE_FOLDER/seen ] && touch $STATE_FOLDER/seen && echo $SERVER_IP";
    Tally tally =
        run(
            suite("a", "first", command.replace("$STATE_FOLDER", "/run/warren/st/first"))
                + suite("b", "first", command.replace("$STATE_FOLDER", "/run/warren/st/first")),
            options -> options.withJobs(2),
            goWhenHere(2));
    assertThat(tally.badSuites()).isEmpty();
    assertThat(output()).containsExactlyInAnyOrder("here", "here", "10.53.57.30", "10.53.57.30");
    assertThat(labsOfSuites()).containsExactlyInAnyOrder("first", "first-2");
    assertThat(folder.resolve("st/first/setup.log")).exists();
    assertThat(folder.resolve("st/first~2/setup.log")).exists();
    assertThat(folder.resolve("labs")).isEmptyDirectory();
  }

  @Test
  void suitesOfDifferentTestenvsRunAtTheSameTime() throws Exception {
    Tally tally =
        run(
            suite("a", "first", MEET) + suite("b", "none", MEET) + suite("c", "mortal", MEET),
            options -> options.withJobs(3),
            goWhenHere(3));
    assertThat(tally.allOk()).isTrue();
  }

  @Test
  void theSubunitStreamHasSuitesThatRanAtTheSameTimeOneAfterTheOther() throws Exception {
    String tests = "printf 'test: x\\n'; " + MEET + "printf 'success: x\\n'";
    run(
        suite("a", "none", tests) + suite("b", "none", tests),
        options -> options.withJobs(2),
        goWhenHere(2));
    assertThat(
            Files.readAllLines(folder.resolve("st/subunit")).stream()
                .filter(line -> line.matches("(testsuite|test|success|testsuite-success): .*"))
                .map(line -> line.replaceAll(" [ab]$", "")))
        .containsExactly(
            "testsuite:",
            "test: x",
            "success: x",
            "testsuite-success:",
            "testsuite:",
            "test: x",
            "success: x",
            "testsuite-success:");
  }

  @Test
  void whatDoesNotNeedEachOtherIsSetUpAtTheSameTime() throws Exception {
    Tally tally = run(suite("a", "both", "true"), options -> options, event -> {});
    assertThat(tally.allOk()).isTrue();
  }

  @Test
  void noSuiteFindsWhatAnEarlierOneLeftInTheClient() throws Exception {
    String look = "ls -d /tmp/left /run/left; pgrep -x sleep; ";
    run(
        suite(
                "a",
                "first",
                look + "mkdir /tmp/left; touch /run/left; setsid sleep 30601 >/dev/null 2>&1 &")
            + suite("b", "first", look),
        options -> options,
        event -> {});
    assertThat(output()).filteredOn(line -> !line.contains("No such file")).isEmpty();
    assertThat(labsOfSuites()).containsExactly("first", "first");
  }

  @Test
  void aClientThatCannotBeMadeFreshIsThrownAwayWithItsLab() throws Exception {
    Tally tally =
        run(
            suite("a", "large", "echo x >> /root/large")
                + suite("b", "large", "[ $(wc -c < /root/large) = 5000000 ]"),
            options -> options,
            event -> {});
    assertThat(tally.allOk()).isTrue();
    assertThat(labsOfSuites()).hasSize(2);
  }

  @Test
  void everySuiteGetsAFreshLabWhereAsked() throws Exception {
    String once = "[ ! -e /run/warren/st/first/seen ] && touch /run/warren/st/first/seen";
    Tally tally =
        run(
            suite("a", "first", once) + suite("b", "first", once),
            options -> options.withResetup(true),
            event -> {});
    assertThat(tally.allOk()).isTrue();
    assertThat(folder.resolve("st/first~2/setup.log")).exists();
  }

  @Test
  void aTestenvThatDiesIsSetUpAnewOnce() throws Exception {
    String kill =
        "touch $END; until grep -q goodbye $(dirname $END)/logs/server.log; do :; done; sleep 0.3";
    run(
        suite("kill", "mortal", kill)
            + suite("after", "mortal", "[ ! -e $END ]")
            + suite("kill again", "mortal", kill)
            + suite("last", "mortal", "true")
            + suite("other", "first", "true"),
        options -> options,
        event -> {});
    assertThat(outcomes())
        .containsExactly(
            "kill success", "after success", "kill again success", "last error", "other success");
    assertThat(events)
        .filteredOn(RunEvent.TestenvFailed.class::isInstance)
        .hasSize(2)
        .allSatisfy(
            failed ->
                assertThat(((RunEvent.TestenvFailed) failed).reason())
                    .contains("the service \"server\" ended with exit code 3", "goodbye"));
    assertThat(folder.resolve("st/mortal/server.log")).content().contains("goodbye");
    assertThat(folder.resolve("st/mortal~2/server.log")).content().contains("goodbye");
  }

  @Test
  void aTestenvThatCannotBeSetUpIsNotTriedAgain() throws Exception {
    run(
        suite("a", "broken", "true") + suite("b", "broken", "true") + suite("c", "none", "true"),
        options -> options,
        event -> {});
    assertThat(outcomes()).containsExactly("a error", "b error", "c success");
    assertThat(events)
        .filteredOn(
            event ->
                event instanceof RunEvent.TestenvStarted started
                    && started.testenv().equals("broken"))
        .hasSize(1);
  }

  @Test
  void anInterruptEndsAllSuitesAndLeavesNothing() throws Exception {
    Thread runner = Thread.currentThread();
    Set<String> here = new HashSet<>();
    Tally tally =
        run(
            suite("a", "first", "echo here; sleep 30401")
                + suite("b", "first", "echo here; sleep 30402")
                + suite("c", "first", "true"),
            options -> options.withJobs(2),
            event -> {
              if (event instanceof RunEvent.SuiteSaid said
                  && here.add(said.suite().name())
                  && here.size() == 2) {
                runner.interrupt();
              }
            });
    assertThat(tally.interrupted()).contains("it was stopped");
    assertThat(outcomes()).containsExactlyInAnyOrder("a error", "b error");
    assertThat(folder.resolve("labs")).isEmptyDirectory();
    assertThat(folder.resolve("st/summary")).content().contains("The run ended early");
    assertThat(folder.resolve("st/first/setup.log")).exists();
    assertThat(ProcessHandle.allProcesses())
        .noneMatch(one -> one.info().commandLine().orElse("").matches("sleep 3040[12]"));
  }

  @Test
  void anErrorOfWhoListensEndsAllSuites() {
    assertThatThrownBy(
            () ->
                run(
                    suite("a", "none", "echo here; sleep 30403")
                        + suite("b", "none", "sleep 30404"),
                    options -> options.withJobs(2),
                    event -> {
                      if (event instanceof RunEvent.SuiteSaid) {
                        throw new UncheckedIOException(new IOException("the disk is full"));
                      }
                    }))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("the disk is full");
    assertThat(folder.resolve("labs")).isEmptyDirectory();
  }

  /** Lets the suites go on that wait, when so many have said that they are here. */
  private RunListener goWhenHere(int number) {
    Set<String> here = new HashSet<>();
    return event -> {
      if (event instanceof RunEvent.SuiteSaid said
          && said.said() instanceof SubunitEvent.Output(String line)
          && line.equals("here")
          && here.add(said.suite().name())
          && here.size() == number) {
        try {
          Files.createFile(folder.resolve("catalogue/go"));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private Tally run(String text, UnaryOperator<RunOptions> how, RunListener listener)
      throws Exception {
    Catalogue catalogue = CatalogueReader.read(folder.resolve("catalogue"));
    Plan plan =
        SambaPlanReader.parse("plan", text, PlanRules.strict(catalogue.testenvs().keySet()));
    LabOptions lab =
        LabOptions.of(
                catalogue,
                folder.resolve("st"),
                folder.resolve("cache"),
                LabOpener.below(folder.resolve("labs")))
            .withSoftware(SoftwareChoice.INSTALLED);
    RunOptions options =
        RunOptions.of("plan", lab, plan)
            .withSuiteLimit(Duration.ofSeconds(30))
            .withTimes(new LongSuites());
    return TestRun.execute(how.apply(options), RunListener.all(List.of(events::add, listener)));
  }

  private static String suite(String name, String testenv, String command) {
    return "-- TEST --\n%s\n%s\n%s\n".formatted(name, testenv, command);
  }

  private List<String> outcomes() {
    List<String> outcomes = new ArrayList<>();
    for (RunEvent event : events) {
      if (event instanceof RunEvent.SuiteFinished finished) {
        Outcome outcome = finished.result().outcome();
        outcomes.add(finished.suite().name() + " " + outcome.word());
      }
    }
    return outcomes;
  }

  private List<String> labsOfSuites() {
    List<String> labs = new ArrayList<>();
    for (RunEvent event : events) {
      if (event instanceof RunEvent.SuiteStarted started) {
        labs.add(started.lab());
      }
    }
    return labs;
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

  /** Suites that are worth a copy of their testenv. */
  private static final class LongSuites implements EarlierTimes {
    @Override
    public Optional<Duration> ofSuite(String suite) {
      return Optional.of(Duration.ofMinutes(10));
    }

    @Override
    public Optional<Duration> ofSetUp(String testenv) {
      return Optional.of(Duration.ofSeconds(1));
    }
  }
}
