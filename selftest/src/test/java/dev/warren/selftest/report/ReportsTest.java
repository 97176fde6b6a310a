package dev.warren.selftest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.source.Position;
import dev.warren.selftest.plan.FilterOptions;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.plan.SuiteCommand;
import dev.warren.selftest.plan.SuiteSettings;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.subunit.SubunitParser;
import dev.warren.selftest.verdict.Counts;
import dev.warren.selftest.verdict.Exit;
import dev.warren.selftest.verdict.KnownFailures;
import dev.warren.selftest.verdict.SuiteJudge;
import dev.warren.selftest.verdict.SuiteResult;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportsTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;
  private final List<String> console = new ArrayList<>();
  private RunListener reports = event -> {};

  @BeforeEach
  void openReports() throws IOException {
    reports =
        RunListener.all(
            List.of(
                new ConsoleReport(console::add),
                new SubunitReport(folder.resolve("subunit")),
                new SummaryReport(folder.resolve("summary")),
                new JUnitReport(folder, new FileNames())));
  }

  @Test
  void tellsAGoodRunInSambasShape() {
    run("test: a\nsuccess: a\ntest: b\nskip: b\n", 0);
    assertThat(console)
        .startsWith("[1(0)/1 at 1m5s] samba.x(ad_dc)")
        .endsWith("ALL OK (1 tests in 1 testsuites)");
  }

  @Test
  void tellsWhatWasUnexpected() {
    run("test: a\nfailure: a [\nTraceback\nboom\n]\n", 1);
    assertThat(console)
        .contains(
            "UNEXPECTED(failure): x.a(ad_dc)",
            "REASON: Traceback\nboom",
            "ERROR: Testsuite[samba.x(ad_dc)]",
            "REASON: Exit code was 1\nfailure: 1")
        .endsWith("FAILED (1 failures, 0 errors and 0 unexpected successes in 1 testsuites)");
  }

  @Test
  void listsAtTheEndOfSeveralSuitesWhatFailed() {
    reports.on(new RunEvent.RunStarted(START, "a plan", 3));
    runSuite(suite("first"), "test: a\nfailure: a\n", 1);
    runSuite(suite("second"), "test: b\nsuccess: b\n", 0);
    runSuite(suite("third"), "test: c\nsuccess: c\n", 3);
    reports.on(new RunEvent.RunFinished(START, Optional.empty()));
    assertThat(console)
        .containsSequence("", "What failed:", "failure: x.a(ad_dc)", "failure: suite third", "")
        .endsWith("FAILED (1 failures, 0 errors and 0 unexpected successes in 2 testsuites)");
  }

  @Test
  void listsNoMoreThanAScreenOfFailures() {
    reports.on(new RunEvent.RunStarted(START, "a plan", 2));
    for (String name : List.of("first", "second")) {
      String tests = "test: t\nerror: t\n".repeat(20);
      runSuite(suite(name), tests, 1);
    }
    reports.on(new RunEvent.RunFinished(START, Optional.empty()));
    assertThat(console).filteredOn(line -> line.startsWith("error: ")).hasSize(25);
    assertThat(console).contains("and 15 more");
  }

  @Test
  void countsSuitesWithinSuitesAsSambaDoes() {
    run("testsuite: in\ntestsuite-success: in\ntestsuite: in2\ntestsuite-error: in2\n", 0);
    assertThat(console)
        .endsWith("FAILED (0 failures, 0 errors and 0 unexpected successes in 2 testsuites)");
  }

  @Test
  void startsTestsInTheStreamThatCameUnannounced() throws IOException {
    run("skip: a [\nno\n]\n", 0);
    assertThat(folder.resolve("subunit"))
        .content()
        .contains("test: x.a(ad_dc)\nskip: x.a(ad_dc) [\nno\n]\n");
  }

  @Test
  void leavesProgressOfSuitesOutOfTheStream() throws IOException {
    run("progress: +3\nprogress: pop\nprogress: 7\n", 0);
    assertThat(folder.resolve("subunit"))
        .content()
        .doesNotContain("+3", "7\n")
        .containsOnlyOnce("progress: pop");
  }

  @Test
  void writesSuitesThatRanAtTheSameTimeOneAfterTheOtherHoweverMuchTheySay() throws IOException {
    Suite first = suite("first");
    Suite second = suite("second");
    reports.on(new RunEvent.RunStarted(START, "a plan", 2));
    reports.on(new RunEvent.SuiteStarted(START, first, 1, "lab"));
    reports.on(new RunEvent.SuiteStarted(START, second, 2, "lab~2"));
    String line = "x".repeat(99_999);
    for (int i = 0; i < 50; i++) {
      reports.on(new RunEvent.SuiteSaid(START, second, new SubunitEvent.Output(line)));
    }
    reports.on(new RunEvent.SuiteSaid(START, first, new SubunitEvent.Output("of the first")));
    assertThat(folder.resolve("subunit.2")).exists();
    for (Suite suite : List.of(first, second)) {
      reports.on(ended(suite, new SuiteResult(Outcome.SUCCESS, Optional.empty(), Counts.NONE)));
    }
    reports.on(new RunEvent.RunFinished(START, Optional.empty()));
    assertThat(Files.readString(folder.resolve("subunit")).split(line, -1)).hasSize(51);
    assertThat(folder.resolve("subunit"))
        .content()
        .containsSubsequence(
            "testsuite: first", "of the first", "testsuite-success: first", "testsuite: second");
    assertThat(folder.resolve("subunit.2")).doesNotExist();
  }

  @Test
  void passesARunWhoseOtherSuitesAreSkipped() throws IOException {
    reports.on(new RunEvent.RunStarted(START, "a plan", 1));
    reports.on(new RunEvent.SuiteSkipped(START, suite(), "slow"));
    reports.on(new RunEvent.RunFinished(START, Optional.empty()));
    assertThat(console).endsWith("ALL OK (0 tests in 0 testsuites)");
    assertThat(folder.resolve("subunit"))
        .hasContent("progress: 1\nskip-testsuite: samba.x(ad_dc) [\nslow\n]\n");
    assertThat(folder.resolve("summary"))
        .content()
        .contains("= Skipped suites =\nslow\n    samba.x(ad_dc)\n");
  }

  @Test
  void failsARunThatEndedEarly() {
    reports.on(new RunEvent.RunStarted(START, "a plan", 2));
    reports.on(new RunEvent.RunFinished(START, Optional.of("Ctrl-C")));
    assertThat(console)
        .contains("The run ended early: Ctrl-C")
        .endsWith("FAILED (0 failures, 0 errors and 0 unexpected successes in 0 testsuites)");
  }

  @Test
  void writesTheStreamInUpstreamsShape() throws IOException {
    run("hello\ntest: a\nsuccess: a\n", 0);
    assertThat(folder.resolve("subunit"))
        .hasContent(
            """
            progress: 1
            time: 2026-03-01 12:01:05.000000Z
            testsuite: samba.x(ad_dc)
            progress: push
            time: 2026-03-01 12:01:05.000000Z
            hello
            test: x.a(ad_dc)
            success: x.a(ad_dc)
            time: 2026-03-01 12:01:07.000000Z
            progress: pop
             error: in the log
            command: run x
            testsuite-success: samba.x(ad_dc)
            """);
  }

  @Test
  void summarisesFailuresWithTheirReasons() throws IOException {
    run("test: a\nerror: a [\nboom\n]\n", 0);
    assertThat(folder.resolve("summary"))
        .content()
        .contains("error: samba.x(ad_dc)", "error: x.a(ad_dc)\n    boom")
        .endsWith("FAILED (0 failures, 1 errors and 0 unexpected successes in 1 testsuites)\n");
  }

  @Test
  void writesJUnitXmlWithEveryKindOfResult() throws Exception {
    run(
        """
        test: ok
        success: ok
        test: bad
        failure: bad [
        Traceback
        ValueError: boom
        ]
        error: worse
        skip: later [
        no server
        ]
        test: known
        xfail: known
        """,
        1);
    Element suite = xml().getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("5");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("2");
    assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(5);
    Element failure = (Element) suite.getElementsByTagName("failure").item(0);
    assertThat(failure.getAttribute("message")).isEqualTo("ValueError: boom");
  }

  @Test
  void givesASuiteThatFailedByItselfACase() throws Exception {
    run("test: ok\nsuccess: ok\n", 3);
    Element suite = xml().getDocumentElement();
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getElementsByTagName("failure").item(0).getTextContent())
        .isEqualTo("Exit code was 3");
  }

  @Test
  void writesLegalXmlWhateverATestPrints() throws Exception {
    Random random = new Random(5);
    StringBuilder text = new StringBuilder("test: a\nfailure: a [\n");
    for (int i = 0; i < 5000; i++) {
      text.append((char) random.nextInt(0x10000));
    }
    run(text.append("]]>\u001b[0m\n]\n\u0000]]>\uD800\n").toString(), 1);
    assertThat(xml().getDocumentElement().getElementsByTagName("failure").getLength()).isPositive();
  }

  @Test
  void givesSuitesOfSimilarNamesFilesOfTheirOwn() {
    FileNames names = new FileNames();
    assertThat(names.of("a(b)")).isEqualTo("a_b_");
    assertThat(names.of("a[b]")).isEqualTo("a_b_~2");
    assertThat(names.of("a(b)")).isEqualTo("a_b_");
    assertThat(names.of("x".repeat(3000))).hasSize(200);
  }

  @Test
  void keepsTheTailOfAnOutputWithoutEnd() {
    TextTail tail = new TextTail();
    for (int i = 0; i < 20_000; i++) {
      tail.add("line " + i);
    }
    tail.add("x".repeat(TextTail.LIMIT * 2));
    assertThat(tail.toString()).startsWith("[...]\n").hasSizeLessThan(TextTail.LIMIT + 10);
  }

  @Test
  void writesTimesWithoutLeadingZeros() {
    assertThat(TimeWords.clock(Duration.ofSeconds(3723))).isEqualTo("1h2m3s");
    assertThat(TimeWords.clock(Duration.ofSeconds(60))).isEqualTo("1m0s");
    assertThat(TimeWords.clock(Duration.ofSeconds(5))).isEqualTo("5s");
  }

  /** A run of one suite whose command printed this stream. */
  private void run(String stream, int exitCode) {
    reports.on(new RunEvent.RunStarted(START, "a plan", 1));
    runSuite(suite(), stream, exitCode);
    reports.on(new RunEvent.RunFinished(START.plusSeconds(67), Optional.empty()));
  }

  private void runSuite(Suite suite, String stream, int exitCode) {
    Instant start = START.plusSeconds(65);
    SuiteJudge judge =
        new SuiteJudge(new FilterOptions("x.", "(ad_dc)", false), KnownFailures.NONE);
    reports.on(new RunEvent.SuiteStarted(start, suite, 1, "lab"));
    SubunitParser parser =
        new SubunitParser(
            event ->
                reports.on(
                    switch (event) {
                      case SubunitEvent.TestStarted(String id) ->
                          new RunEvent.TestStarted(start, suite, "x." + id + "(ad_dc)");
                      case SubunitEvent.TestFinished finished ->
                          new RunEvent.TestFinished(start, suite, judge.judge(finished));
                      default -> new RunEvent.SuiteSaid(start, suite, judge.judge(event));
                    }));
    byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
    parser.feed(bytes, 0, bytes.length);
    parser.finish();
    reports.on(ended(suite, judge.finish(new Exit.Code(exitCode))));
  }

  private static RunEvent ended(Suite suite, SuiteResult result) {
    return new RunEvent.SuiteFinished(
        START.plusSeconds(67),
        suite,
        result,
        Duration.ofSeconds(2),
        "error: in the log\n",
        SuiteFiles.NONE);
  }

  private static Suite suite() {
    return suite("samba.x(ad_dc)");
  }

  private static Suite suite(String name) {
    return new Suite(
        name,
        TestenvChoice.parse("ad_dc").orElseThrow(),
        SuiteCommand.parse("run x"),
        Optional.empty(),
        SuiteSettings.USUAL,
        Position.of("plan"));
  }

  private Document xml() throws Exception {
    String text = Files.readString(folder.resolve("TEST-samba.x_ad_dc_.xml"));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }
}
