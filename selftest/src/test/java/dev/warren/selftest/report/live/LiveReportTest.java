package dev.warren.selftest.report.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.lab.source.Position;
import dev.warren.linux.process.WindowSize;
import dev.warren.selftest.choice.Durations;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.plan.SuiteCommand;
import dev.warren.selftest.plan.SuiteSettings;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.SuiteFiles;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.verdict.Counts;
import dev.warren.selftest.verdict.SuiteResult;
import dev.warren.selftest.verdict.TestVerdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person sees of a run. */
class LiveReportTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Suite DNS = suite("samba.dns(ad_dc)");
  private static final Suite LDAP = suite("samba.ldap(ad_dc)");
  private static final Suite SMB = suite("samba.smb(fileserver)");

  private final VirtualScreen screen = new VirtualScreen(24, 80);
  private volatile Instant now = START;
  private Durations expected = Durations.NONE;
  private LiveReport report;

  @BeforeEach
  void start() {
    report = report(1);
  }

  private LiveReport report(int jobs) {
    LiveReport.Terminal terminal =
        new LiveReport.Terminal(this::send, () -> new WindowSize(24, 80), false);
    return new LiveReport(terminal, List.of(DNS, LDAP, SMB), expected, jobs, () -> now);
  }

  private synchronized void send(String text) {
    screen.send(text);
  }

  @AfterEach
  void end() {
    report.close();
  }

  @Test
  void showsWhatIsSetUpWithItsStepAndItsTime() {
    tell(new RunEvent.RunStarted(now, "plan", 3));
    tell(new RunEvent.TestenvStarted(now, "test-plan", "ad_dc"));
    after(12);
    tell(new RunEvent.TestenvStep(now, "test-plan", "ad_dc", "provision the domain"));
    after(63);
    assertSeen("0 of 3 suites, 0 tests, 1m15s", "  1m15s  setting up ad_dc: provision the domain");
    tell(
        new RunEvent.TestenvReady(
            now, "test-plan", "ad_dc", Duration.ofSeconds(75), false, Optional.empty()));
    assertSeen("0 of 3 suites, 0 tests, 1m15s");
  }

  @Test
  void showsWhatRunsWithItsTestAndCounts() {
    tell(new RunEvent.RunStarted(now, "plan", 3));
    tell(new RunEvent.SuiteStarted(now, DNS, 1, "test-plan"));
    tell(new RunEvent.TestStarted(now, DNS, "samba.dns.query(ad_dc)"));
    after(3);
    assertSeen("0 of 3 suites, 0 tests, 3s", "     3s  samba.dns(ad_dc)  samba.dns.query(ad_dc)");
    tell(verdict(DNS, "samba.dns.query(ad_dc)", Outcome.SUCCESS));
    assertSeen("0 of 3 suites, 1 tests, 3s", "     3s  samba.dns(ad_dc)");
  }

  @Test
  void failuresStayAboveAsTheyCome() {
    tell(new RunEvent.RunStarted(now, "plan", 3));
    tell(new RunEvent.SuiteStarted(now, DNS, 1, "test-plan"));
    tell(verdict(DNS, "x", Outcome.FAILURE));
    tell(finished(DNS, Outcome.FAILURE, 4));
    tell(new RunEvent.SuiteStarted(now, LDAP, 2, "test-plan"));
    assertSeen(
        "UNEXPECTED(failure): x",
        "REASON: boom",
        "ERROR: Testsuite[samba.dns(ad_dc)]",
        "REASON: bad",
        "CAPTURE: captures/x.pcapng",
        "1 of 3 suites, 1 failed, 1 tests, 0s, about 8s left",
        "     0s  samba.ldap(ad_dc)");
  }

  @Test
  void saysInWhichLabWhatIsWhenThereAreSeveral() {
    tell(new RunEvent.RunStarted(now, "plan", 3));
    tell(new RunEvent.SuiteStarted(now, DNS, 1, "test-plan"));
    tell(new RunEvent.TestenvStarted(now, "test-plan-2", "ad_dc"));
    assertSeen(
        "0 of 3 suites, 0 tests, 0s",
        "     0s  setting up ad_dc [test-plan-2]",
        "     0s  samba.dns(ad_dc) [test-plan]");
  }

  @Test
  void moreThanThereIsRoomForIsCounted() {
    tell(new RunEvent.RunStarted(now, "plan", 3));
    IntStream.range(0, 11)
        .forEach(i -> tell(new RunEvent.SuiteStarted(now, suite("s" + i), 1, "lab")));
    assertThat(seen()).hasSize(10).endsWith("     0s  s7", "         and 3 more");
  }

  @Test
  void theTimeLeftComesFromEarlierRuns() {
    expect(Map.of(DNS.name(), 60, LDAP.name(), 30, SMB.name(), 10), Map.of("ad_dc", 20));
    tell(new RunEvent.RunStarted(now, "plan", 3));
    assertSeen("0 of 3 suites, 0 tests, 0s, about 2m0s left");
    tell(new RunEvent.TestenvStarted(now, "lab", "ad_dc"));
    after(5);
    assertThat(seen().getFirst()).endsWith("about 1m55s left");
    tell(
        new RunEvent.TestenvReady(
            now, "lab", "ad_dc", Duration.ofSeconds(5), false, Optional.empty()));
    assertThat(seen().getFirst()).endsWith("about 1m40s left");
    tell(new RunEvent.SuiteStarted(now, DNS, 1, "lab"));
    after(20);
    assertThat(seen().getFirst()).endsWith("about 1m20s left");
    after(100);
    assertThat(seen().getFirst()).endsWith("about 40s left");
  }

  @Test
  void severalAtATimeShareTheTimeButTheLongestDecides() {
    expect(Map.of(DNS.name(), 60, LDAP.name(), 30, SMB.name(), 50), Map.of());
    report.close();
    report = report(2);
    tell(new RunEvent.RunStarted(now, "plan", 3));
    assertThat(seen().getFirst()).endsWith("about 1m10s left");
    tell(new RunEvent.SuiteSkipped(now, LDAP, "not today"));
    assertThat(seen().getFirst()).startsWith("1 of 3 suites").endsWith("about 1m0s left");
  }

  @Test
  void inTheEndOnlyWhatStaysIsThere() {
    tell(new RunEvent.RunStarted(now, "plan", 1));
    tell(new RunEvent.Progress(now, "fetching samba"));
    assertThat(seen()).endsWith("         fetching samba");
    tell(new RunEvent.SuiteStarted(now, DNS, 1, "lab"));
    seen();
    tell(finished(DNS, Outcome.SUCCESS, 4));
    tell(new RunEvent.RunFinished(now, Optional.empty()));
    assertThat(seen()).containsExactly("", "ALL OK (0 tests in 1 testsuites)");
  }

  @Test
  void somebodyElseMayHaveTheTerminalForAWhile() {
    tell(new RunEvent.RunStarted(now, "plan", 3));
    seen();
    report.pause();
    send("Enter goes on\r\n");
    report.above("meanwhile");
    assertSeen("Enter goes on");
    report.resume();
    assertSeen("Enter goes on", "meanwhile", "0 of 3 suites, 0 tests, 0s");
  }

  @Test
  void drawsByItself() {
    tell(new RunEvent.RunStarted(now, "plan", 3));
    await()
        .until(
            () -> {
              synchronized (this) {
                return screen.lines().equals(List.of("0 of 3 suites, 0 tests, 0s"));
              }
            });
  }

  private void tell(RunEvent event) {
    report.on(event);
  }

  private void after(int seconds) {
    now = now.plusSeconds(seconds);
  }

  private List<String> seen() {
    report.draw();
    synchronized (this) {
      return screen.lines();
    }
  }

  private void assertSeen(String... lines) {
    assertThat(seen()).containsExactly(lines);
  }

  private void expect(Map<String, Integer> suites, Map<String, Integer> testenvs) {
    expected = new Durations(seconds(suites), seconds(testenvs));
    report.close();
    report = report(1);
  }

  private static Map<String, Duration> seconds(Map<String, Integer> known) {
    return known.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, one -> Duration.ofSeconds(one.getValue())));
  }

  private RunEvent verdict(Suite suite, String id, Outcome outcome) {
    return new RunEvent.TestFinished(
        now, suite, new TestVerdict(id, outcome, Optional.of("boom"), Optional.empty()));
  }

  private RunEvent finished(Suite suite, Outcome outcome, int seconds) {
    boolean bad = outcome.isBad();
    return new RunEvent.SuiteFinished(
        now,
        suite,
        new SuiteResult(outcome, bad ? Optional.of("bad") : Optional.empty(), Counts.NONE),
        Duration.ofSeconds(seconds),
        "",
        bad
            ? new SuiteFiles(
                Optional.empty(), Optional.of(Path.of("captures/x.pcapng")), Optional.empty())
            : SuiteFiles.NONE);
  }

  private static Suite suite(String name) {
    return new Suite(
        name,
        TestenvChoice.parse(name.replaceAll(".*\\(|\\)", "")).orElseThrow(),
        SuiteCommand.parse("true"),
        Optional.empty(),
        SuiteSettings.USUAL,
        Position.of("plan"));
  }
}
