package dev.warren.selftest.report.page;

import dev.warren.lab.graph.LabGraph;
import dev.warren.lab.graph.Topology;
import dev.warren.selftest.report.events.EventsReader;
import dev.warren.selftest.report.events.RunFacts;
import dev.warren.selftest.report.page.RunData.LabRun;
import dev.warren.selftest.report.page.RunData.SetUp;
import dev.warren.selftest.report.page.RunData.SuiteRun;
import dev.warren.selftest.report.page.RunData.TestRun;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.verdict.Counts;
import dev.warren.selftest.verdict.SuiteResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The data in a page, small enough for fifty thousand tests: times are milliseconds from the run's
 * start, texts that come often are numbers in a list, suites and tests are rows, and of tests that
 * simply succeeded there are the names alone, for whoever searches. core.js reads the same columns.
 */
final class PageData {
  /** The most of a reason in a page, in characters. */
  private static final int REASON = 32 * 1024;

  /** The most of a log in a page, in characters. */
  private static final int LOG = 64 * 1024;

  /** The most of all logs in a page, in characters; later suites link to their files only. */
  private static final int ALL_LOGS = 12 << 20;

  /** Their numbers in rows. */
  private static final List<Outcome> OUTCOMES =
      List.of(
          Outcome.SUCCESS,
          Outcome.FAILURE,
          Outcome.ERROR,
          Outcome.SKIP,
          Outcome.XFAIL,
          Outcome.UXSUCCESS);

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final RunData run;
  private final EventsReader.Result read;
  private final SharedTexts texts = new SharedTexts();
  private final SharedTexts pictures = new SharedTexts();

  PageData(RunData run, EventsReader.Result read) {
    this.run = run;
    this.read = read;
  }

  String plan() {
    return run.plan();
  }

  String title() {
    return "%s: %s".formatted(verdict(), run.plan());
  }

  /** In a word. */
  String verdict() {
    boolean bad = run.suites().stream().anyMatch(SuiteRun::isBad);
    if (bad) {
      return "Failed";
    }
    return run.finished() && run.interrupted().isEmpty() ? "Passed" : "Ended early";
  }

  /** What is shown at once. */
  ObjectNode json() {
    ObjectNode json = NODES.objectNode();
    json.put("verdict", verdict());
    json.put("plan", run.plan());
    json.put("planned", run.planned());
    json.put("start", run.start().toEpochMilli());
    json.put("length", ms(run.end()));
    json.put("finished", run.finished());
    run.interrupted().ifPresent(why -> json.put("interrupted", why));
    read.head().ifPresent(head -> json.set("facts", facts(head.facts())));
    if (read.damaged().count() > 0) {
      json.put("damagedCount", read.damaged().count());
      ArrayNode damaged = json.putArray("damaged");
      read.damaged()
          .first()
          .forEach(line -> damaged.addArray().add(line.number()).add(line.reason()));
    }
    json.set("tests", counts(run.tests()));
    ArrayNode labs = json.putArray("labs");
    run.labs().forEach(lab -> labs.add(lab(lab)));
    ArrayNode suites = json.putArray("suites");
    ArrayNode unusual = json.putArray("unusual");
    for (int i = 0; i < run.suites().size(); i++) {
      SuiteRun suite = run.suites().get(i);
      suites.add(suite(suite));
      for (TestRun test : suite.tests()) {
        unusual.add(test(i, test));
      }
    }
    ArrayNode skipped = json.putArray("skipped");
    run.skipped()
        .forEach(
            one ->
                skipped
                    .addArray()
                    .add(one.suite().name())
                    .add(texts.number(one.suite().testenv().toString()))
                    .add(texts.number(one.reason())));
    ArrayNode progress = json.putArray("progress");
    run.progress().forEach(one -> progress.addArray().add(ms(one.at())).add(one.text()));
    json.set("texts", texts.json());
    json.set("pictures", pictures.json());
    return json;
  }

  /** The names of the tests that passed, a row for each suite, in their order. */
  ArrayNode passed() {
    ArrayNode rows = NODES.arrayNode();
    run.suites().forEach(suite -> rows.add(PassedNames.of(suite.passed()).json()));
    return rows;
  }

  /** What is shown of a suite when it is opened: the mustache's list, one script element each. */
  List<Map<String, String>> details() {
    List<Map<String, String>> details = new ArrayList<>();
    int left = ALL_LOGS;
    for (int i = 0; i < run.suites().size(); i++) {
      SuiteRun suite = run.suites().get(i);
      if (suite.output().isEmpty() && suite.serverLog().isEmpty()) {
        continue;
      }
      int most = Math.min(LOG, left);
      String output = tail(suite.output(), most);
      String log = tail(suite.serverLog(), most);
      left = Math.max(0, left - output.length() - log.length());
      ObjectNode json = NODES.objectNode();
      json.put("output", output);
      json.put("outputCut", suite.output().length() - output.length());
      json.put("log", log);
      json.put("logCut", suite.serverLog().length() - log.length());
      details.add(Map.of("number", String.valueOf(i), "data", EmbeddedJson.of(json)));
    }
    return details;
  }

  private static ObjectNode facts(RunFacts facts) {
    ObjectNode json = NODES.objectNode();
    json.put("warren", facts.warren());
    json.put("java", facts.java());
    json.put("kernel", facts.kernel());
    json.put("processors", facts.processors());
    json.put("hostName", facts.hostName());
    json.put("user", facts.user());
    facts.isolation().ifPresent(isolation -> json.put("isolation", isolation));
    ArrayNode words = json.putArray("command");
    facts.commandLine().forEach(words::add);
    return json;
  }

  private ObjectNode lab(LabRun lab) {
    ObjectNode json = NODES.objectNode();
    json.put("name", lab.name());
    json.put("start", ms(lab.start()));
    json.put("end", ms(lab.end()));
    lab.topology()
        .ifPresent(topology -> json.put("picture", pictures.number(picture(lab, topology))));
    ObjectNode needs = json.putObject("needs");
    lab.needs().forEach((name, those) -> those.forEach(needs.putArray(name)::add));
    ArrayNode setUps = json.putArray("setUps");
    lab.setUps().forEach(setUp -> setUps.add(setUp(setUp, lab.end())));
    return json;
  }

  /** Copies of a lab differ in their names only, and have one picture. */
  private static String picture(LabRun lab, Topology topology) {
    String title = lab.needs().isEmpty() ? "the lab" : String.join(", ", lab.needs().keySet());
    return LabGraph.svg(
        new Topology(title, topology.networks(), topology.root(), topology.hosts()));
  }

  private ObjectNode setUp(SetUp setUp, Instant labEnd) {
    ObjectNode json = NODES.objectNode();
    json.put("name", setUp.testenv());
    json.put("start", ms(setUp.start()));
    json.put("end", ms(setUp.end().orElse(labEnd)));
    json.put("ended", setUp.end().isPresent());
    json.put("snapshot", setUp.fromSnapshot());
    setUp.failure().ifPresent(why -> json.put("failure", cut(why)));
    json.put("capture", path(setUp.capture()));
    json.put("traces", path(setUp.traces()));
    ArrayNode steps = json.putArray("steps");
    setUp.steps().forEach(step -> steps.addArray().add(ms(step.at())).add(step.text()));
    return json;
  }

  /**
   * name, testenv, lab, start, took, outcome, counts, reason, command, log, capture, plan order,
   * traces.
   */
  private ArrayNode suite(SuiteRun suite) {
    ArrayNode row = NODES.arrayNode();
    row.add(suite.suite().name());
    row.add(texts.number(suite.suite().testenv().toString()));
    row.add(texts.number(suite.lab()));
    row.add(ms(suite.start()));
    row.add(suite.took().toMillis());
    row.add(suite.result().map(result -> OUTCOMES.indexOf(result.outcome())).orElse(-1));
    row.add(counts(suite.counts()));
    row.add(suite.result().flatMap(SuiteResult::reason).map(this::reason).orElse(-1));
    row.add(texts.number(suite.suite().command().shell()));
    row.add(path(suite.files().log()));
    row.add(path(suite.files().capture()));
    row.add(suite.index());
    row.add(path(suite.files().traces()));
    return row;
  }

  /** suite, id, outcome, start, took, reason, note. */
  private ArrayNode test(int suite, TestRun test) {
    ArrayNode row = NODES.arrayNode();
    row.add(suite);
    row.add(test.verdict().id());
    row.add(OUTCOMES.indexOf(test.verdict().outcome()));
    row.add(ms(test.start()));
    row.add(Duration.between(test.start(), test.end()).toMillis());
    row.add(test.verdict().reason().map(this::reason).orElse(-1));
    row.add(test.verdict().note().map(this::reason).orElse(-1));
    return row;
  }

  private static ArrayNode counts(Counts counts) {
    ArrayNode array = NODES.arrayNode();
    for (Outcome outcome : OUTCOMES) {
      array.add(counts.of(outcome));
    }
    return array;
  }

  private int reason(String text) {
    return texts.number(cut(text));
  }

  private static String cut(String text) {
    return text.length() <= REASON
        ? text
        : text.substring(0, REASON / 2)
            + "\n[... %d characters ...]\n".formatted(text.length() - REASON)
            + text.substring(text.length() - REASON / 2);
  }

  private static String tail(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int line = text.indexOf('\n', text.length() - most);
    return line < 0 ? "" : text.substring(line + 1);
  }

  private static String path(Optional<Path> path) {
    // What leads out of the folder is no file of the run.
    return path.filter(one -> !one.isAbsolute() && !one.normalize().startsWith(".."))
        .map(Path::toString)
        .orElse("");
  }

  private long ms(Instant at) {
    return Duration.between(run.start(), at).toMillis();
  }
}
