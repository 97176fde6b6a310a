package dev.warren.selftest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warren.lab.software.SoftwareChoice;
import dev.warren.lab.source.Position;
import dev.warren.selftest.plan.Plan;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.plan.SuiteCommand;
import dev.warren.selftest.plan.SuiteSettings;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.Tally;
import dev.warren.selftest.results.ResultFormat;
import dev.warren.selftest.testenv.CatalogueReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Suites of every format, in namespaces. */
@Timeout(60)
class ResultFormatsTest {
  private static final Path CATALOGUE = Path.of("src/test/resources/catalogue");
  private static final String PYTHON =
      Optional.ofNullable(System.getenv("PYTHON")).orElse("python3");

  @TempDir Path folder;
  private final List<String> results = new ArrayList<>();

  @Test
  void readsTap() throws Exception {
    run(ResultFormat.TAP, "echo 1..2; echo ok 1 - a; echo not ok 2 - b; echo '# why'");
    assertThat(results).containsExactly("success a", "failure b: why", "suite failure");
  }

  @Test
  void readsFilesOfJUnitThatTheCommandWrites() throws Exception {
    run(
        ResultFormat.JUNIT_XML,
        "mkdir -p target && echo '<testsuite><testcase classname=\"c\" name=\"t\"/></testsuite>'"
            + " > target/TEST-c.xml");
    assertThat(results).containsExactly("success c.t", "suite success");
  }

  @Test
  void readsNoFileOfJUnitThatWasThereBefore() throws Exception {
    run(
        ResultFormat.JUNIT_XML,
        "true",
        Optional.of(LabPaths.USUAL.catalogue().resolve("results").toString()));
    assertThat(results)
        .containsExactly(
            "error the suite: the command left no TEST-*.xml and no other file of JUnit's XML",
            "suite error");
  }

  @Test
  void takesTheExitCode() throws Exception {
    run(ResultFormat.EXIT_CODE, "echo said; exit 3");
    assertThat(results)
        .containsExactly("failure the suite: Exit code was 3\nsaid", "suite failure");
  }

  @Test
  void readsSubunit2OfARealSuite() throws Exception {
    assumeTrue(succeeds(PYTHON, "-c", "import subunit.run"), "python3-subunit is not installed");
    String test =
        """
        import unittest
        class T(unittest.TestCase):
          def test_a(self): print("out")
          def test_b(self): self.fail("no")
          @unittest.skip("later")
          def test_c(self): pass
        """;
    run(
        ResultFormat.SUBUNIT2,
        "printf %s '" + test + "' > t.py && " + PYTHON + " -m subunit.run t");
    assertThat(results)
        .anyMatch(result -> result.equals("success t.T.test_a"))
        .anyMatch(
            result ->
                result.startsWith("failure t.T.test_b") && result.contains("AssertionError: no"))
        .anyMatch(result -> result.startsWith("skip t.T.test_c") && result.contains("later"))
        .contains("suite failure");
  }

  /** With python3-subunit's own reader of version 1. */
  @Test
  void leavesAStreamThatToolsRead() throws Exception {
    assumeTrue(succeeds(PYTHON, "-c", "import subunit"), "python3-subunit is not installed");
    run(
        ResultFormat.SUBUNIT,
        "printf 'time: yesterday\\ntest: a\\nsuccess: a\\ntest: b\\nfailure: b [\\n]x\\n]\\n'"
            + "; printf 'progress: +2\\nskip: d [\\nno\\n]\\n\\377\\ntest: c\\n'");
    String script =
        """
        import subunit, sys, unittest
        result = unittest.TestResult()
        server = subunit.TestProtocolServer(result, open("/dev/null", "wb"))
        server.readFrom(open(sys.argv[1], "rb"))
        print(result.testsRun, len(result.failures), len(result.errors), len(result.skipped))
        """;
    assertThat(output(PYTHON, "-c", script, folder.resolve("st/subunit").toString()))
        .isEqualTo("4 1 1 1\n");
  }

  private Tally run(ResultFormat format, String command) throws Exception {
    return run(format, command, Optional.empty());
  }

  private Tally run(ResultFormat format, String command, Optional<String> directory)
      throws Exception {
    LabOptions lab =
        LabOptions.of(
                CatalogueReader.read(CATALOGUE),
                folder.resolve("st"),
                folder.resolve("cache"),
                LabOpener.below(folder.resolve("labs")))
            .withSoftware(SoftwareChoice.INSTALLED);
    Suite suite =
        new Suite(
            "the suite",
            TestenvChoice.parse("none").orElseThrow(),
            SuiteCommand.parse(command),
            Optional.empty(),
            new SuiteSettings(format, Optional.empty(), directory, Map.of(), Set.of()),
            Position.of("plan"));
    RunOptions options =
        RunOptions.of("plan", lab, new Plan(List.of(suite))).withSuiteLimit(Duration.ofSeconds(30));
    return TestRun.execute(options, this::on);
  }

  private void on(RunEvent event) {
    switch (event) {
      case RunEvent.TestFinished finished ->
          results.add(
              finished.verdict().outcome().word()
                  + " "
                  + finished.verdict().id()
                  + finished.verdict().reason().map(text -> ": " + text).orElse(""));
      case RunEvent.SuiteFinished finished ->
          results.add("suite " + finished.result().outcome().word());
      default -> {}
    }
  }

  private static boolean succeeds(String... command) throws Exception {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String output(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
