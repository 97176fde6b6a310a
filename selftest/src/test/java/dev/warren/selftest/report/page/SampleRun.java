package dev.warren.selftest.report.page;

import dev.warren.lab.graph.Topology;
import dev.warren.lab.source.Position;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.plan.SuiteCommand;
import dev.warren.selftest.plan.SuiteSettings;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.SuiteFiles;
import dev.warren.selftest.report.events.EventsReport;
import dev.warren.selftest.report.events.RunFacts;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.verdict.Counts;
import dev.warren.selftest.verdict.SuiteResult;
import dev.warren.selftest.verdict.TestVerdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** The events of a run with several labs at a time, as large as wanted; made from a seed. */
public final class SampleRun {
  /** A name that is markup and script at once. */
  public static final String EVIL = "</script><img src=x onerror=\"document.title='broken in'\">";

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final String[] TESTENVS = {"nt4_dc", "ad_dc", "ad_member", "fileserver"};
  private static final Map<String, List<String>> NEEDS = needs();

  private final Random random;
  private final List<RunEvent> events = new ArrayList<>();
  private final int tests;

  /** A lab at work: it has one testenv set up, and its time goes on by itself. */
  private static final class Lane {
    private final String lab;
    private final String testenv;
    private Instant now;

    Lane(String lab, String testenv, Instant now) {
      this.lab = lab;
      this.testenv = testenv;
      this.now = now;
    }
  }

  private SampleRun(long seed, int tests) {
    this.random = new Random(seed);
    this.tests = tests;
  }

  /**
   * Writes {@code events.jsonl} of a run.
   *
   * @param tests how many each suite has
   */
  public static void write(Path folder, int suites, int tests) throws IOException {
    SampleRun run = new SampleRun(7, tests);
    run.make(suites);
    EventsReport report =
        new EventsReport(
            folder.resolve(EventsReport.FILE),
            new RunFacts(
                "0.1.0",
                "25.0.1",
                "Linux 6.12.0",
                8,
                "builder",
                "ci",
                false,
                Optional.of(65_536L),
                Optional.empty(),
                List.of("test", "--jobs", "4", "samba/quick")));
    run.events.forEach(report::on);
  }

  private void make(int suites) {
    List<Lane> lanes = new ArrayList<>();
    for (String testenv : TESTENVS) {
      lanes.add(open(testenv, START.plusMillis(2_100 + random.nextInt(900))));
    }
    for (int i = 1; i <= suites; i++) {
      Lane lane = lanes.stream().min(Comparator.comparing(one -> one.now)).orElseThrow();
      suite(lane, i);
    }
    lanes.forEach(lane -> events.add(new RunEvent.LabEnded(lane.now.plusMillis(300), lane.lab)));
    Suite later = suite("samba.later(ad_dc)", "ad_dc");
    Instant end = lanes.stream().map(lane -> lane.now).max(Comparator.naturalOrder()).orElseThrow();
    events.add(new RunEvent.SuiteSkipped(end, later, "takes too long: see --quick"));
    events.sort(Comparator.comparing(RunEvent::at));
    events.addFirst(new RunEvent.RunStarted(START, "samba/quick", suites + 1));
    events.add(1, new RunEvent.Progress(START.plusMillis(400), "samba 4.17.12 is in the cache"));
    events.add(new RunEvent.RunFinished(end.plusSeconds(1), Optional.empty()));
  }

  private Lane open(String testenv, Instant at) {
    String name = "test-quick-" + testenv;
    Lane lane = new Lane(name, testenv, at);
    Map<String, List<String>> needs = new LinkedHashMap<>();
    closure(testenv).forEach(one -> needs.put(one, NEEDS.getOrDefault(one, List.of())));
    events.add(new RunEvent.LabStarted(at, name, needs, topology(needs.keySet())));
    for (String one : needs.keySet()) {
      Instant from = lane.now;
      events.add(new RunEvent.TestenvStarted(from, name, one));
      boolean snapshot = one.equals("nt4_dc");
      for (String step : List.of("provision", "start samba", "answers LDAP", "has a RID set")) {
        events.add(new RunEvent.TestenvStep(lane.now, name, one, step));
        lane.now = lane.now.plusMillis(snapshot ? 150 : 700 + random.nextInt(2500));
      }
      if (one.equals("fileserver")) {
        events.add(
            new RunEvent.TestenvFailed(
                lane.now,
                name,
                one,
                "not ready after 60 s: \"answers SMB\" exit code 1 and said nothing\n"
                    + "smbd version 4.17.12 started.\nERROR: failed to bind 10.53.57.33:445",
                Optional.of(Path.of("captures", "env-fileserver-setup.pcapng")),
                Optional.of(Path.of(one, "setup.traces"))));
      } else {
        events.add(
            new RunEvent.TestenvReady(
                lane.now, name, one, Duration.between(from, lane.now), snapshot, Optional.empty()));
      }
    }
    return lane;
  }

  private void suite(Lane lane, int index) {
    String protocol =
        new String[] {"ldap", "rpc.lsa", "smb2.durable-open", "krb5.kdc", "dns"}[random.nextInt(5)];
    String name = "samba4.%s.%d(%s)".formatted(protocol, index, lane.testenv);
    Suite suite = suite(name, lane.testenv);
    Instant start = lane.now;
    events.add(new RunEvent.SuiteStarted(start, suite, index, lane.lab));
    if (lane.testenv.equals("fileserver")) {
      finish(lane, suite, start, Counts.NONE, Optional.of("the testenv fileserver failed"), true);
      lane.now = lane.now.plusSeconds(index % 3 == 0 ? 4 : 40);
      return;
    }
    Counts counts = Counts.NONE;
    boolean bad = index % 13 == 0;
    for (int i = 0; i < tests; i++) {
      String id =
          "samba4.%s.%d.Case%d.test_%d(%s)".formatted(protocol, index, i / 5, i, lane.testenv);
      if (bad && i == 1) {
        id = EVIL;
      }
      events.add(new RunEvent.TestStarted(lane.now, suite, id));
      Outcome outcome = bad && (i == 1 || i == 3) ? Outcome.FAILURE : usual(i + index);
      if (bad && i == 3 && tests > 4 && index % 2 == 0) {
        outcome = Outcome.ERROR;
      }
      if (i == 0) {
        events.add(new RunEvent.SuiteSaid(lane.now, suite, new SubunitEvent.Output("connecting")));
      }
      lane.now = lane.now.plusMillis(4 + random.nextInt(160));
      events.add(
          new RunEvent.TestFinished(
              lane.now,
              suite,
              new TestVerdict(
                  id,
                  outcome,
                  outcome == Outcome.SUCCESS ? Optional.empty() : Optional.of(reason(outcome)),
                  outcome == Outcome.XFAIL
                      ? Optional.of("known failure: samba4\\..*\\.test_9")
                      : Optional.empty())));
      counts = counts.plus(outcome);
    }
    finish(
        lane, suite, start, counts, bad ? Optional.of("Exit code was 1") : Optional.empty(), bad);
  }

  private void finish(
      Lane lane, Suite suite, Instant start, Counts counts, Optional<String> why, boolean bad) {
    StringBuilder log =
        new StringBuilder("== /srv/st/%s/logs/samba.log ==\n".formatted(lane.testenv));
    for (int i = -3; i < 8 && bad; i++) {
      String time = start.plusMillis(i * 150L).toString().replace('T', ' ').replace("Z", "");
      log.append("[%s,  3] ../../source4/dsdb/kcc.c:%d(kccsrv)%n".formatted(time, 100 + i))
          .append("  ldb: no such object <DC=samba>&amp;\n");
    }
    Outcome outcome =
        !bad ? Outcome.SUCCESS : counts.total() == 0 ? Outcome.ERROR : Outcome.FAILURE;
    String file = suite.name().replaceAll("[^A-Za-z0-9.-]", "_");
    events.add(
        new RunEvent.SuiteFinished(
            lane.now,
            suite,
            new SuiteResult(outcome, why, counts),
            Duration.between(start, lane.now),
            bad ? log.toString() : "",
            counts.total() == 0
                ? SuiteFiles.NONE
                : new SuiteFiles(
                    Optional.of(Path.of("suites", file + ".log")),
                    bad ? Optional.of(Path.of("captures", file + ".pcapng")) : Optional.empty(),
                    bad ? Optional.of(Path.of("suites", file + ".traces")) : Optional.empty())));
  }

  private static Outcome usual(int number) {
    return number % 23 == 0 ? Outcome.XFAIL : number % 31 == 0 ? Outcome.SKIP : Outcome.SUCCESS;
  }

  private static String reason(Outcome outcome) {
    return outcome == Outcome.SKIP
        ? "needs a build with MIT Kerberos"
        : """
          Traceback (most recent call last):
            File "bin/python/samba/tests/ldap.py", line 118, in test_search
              self.assertEqual(res[0]["cn"][0], b"<Users>")
          AssertionError: b'' != b'<Users>' : the entry has no name""";
  }

  private static Suite suite(String name, String testenv) {
    return new Suite(
        name,
        TestenvChoice.parse(testenv).orElseThrow(),
        SuiteCommand.parse(
            "python3 -m samba.subunit.run $LISTOPT samba.tests.%s --load '%s' 2>&1"
                .formatted(name.replaceAll("[^a-z0-9.]", ""), "a&b")),
        Optional.empty(),
        SuiteSettings.USUAL,
        Position.of("plan"));
  }

  private static Map<String, List<String>> needs() {
    Map<String, List<String>> needs = new LinkedHashMap<>();
    needs.put("dns_hub", List.of());
    needs.put("ad_dc", List.of("dns_hub"));
    needs.put("ad_member", List.of("ad_dc", "dns_hub"));
    return needs;
  }

  private static List<String> closure(String testenv) {
    List<String> all = new ArrayList<>();
    NEEDS
        .getOrDefault(testenv, List.of())
        .forEach(
            need -> closure(need).stream().filter(one -> !all.contains(one)).forEach(all::add));
    all.add(testenv);
    return all;
  }

  private static Topology topology(Iterable<String> testenvs) {
    List<Topology.Node> hosts = new ArrayList<>();
    for (String one : testenvs) {
      hosts.add(
          new Topology.Node(
              one.replace("_", ""),
              one.replace("_", "") + ".samba.example.com",
              List.of(),
              List.of("samba"),
              List.of(link(20 + hosts.size()))));
    }
    return new Topology(
        "ignored",
        List.of(
            new Topology.Network(
                "selftest0", List.of("10.53.57.0/24", "fd00::5357:5f00/112"), false)),
        new Topology.Node("client", "client", List.of(), List.of(), List.of(link(11))),
        hosts);
  }

  private static Topology.Link link(int number) {
    return new Topology.Link(
        "selftest0",
        "veth" + number,
        IntStream.of(4).mapToObj(_ -> "10.53.57." + number).toList(),
        List.of());
  }
}
