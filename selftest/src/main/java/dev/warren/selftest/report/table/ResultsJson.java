package dev.warren.selftest.report.table;

import dev.warren.selftest.report.table.Results.SuiteCell;
import dev.warren.selftest.report.table.Results.SuiteRow;
import dev.warren.selftest.report.table.Results.TestenvCell;
import dev.warren.selftest.report.table.Results.TestenvRow;
import java.time.Duration;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Results for programs. */
public final class ResultsJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ResultsJson() {}

  /** All of it: {@code runs}, {@code testenvs} and {@code suites}. */
  public static String text(Results results) {
    ObjectNode json = NODES.objectNode();
    ArrayNode runs = json.putArray("runs");
    results.runs().forEach(run -> runs.add(node(run)));
    ArrayNode testenvs = json.putArray("testenvs");
    results.testenvs().forEach(row -> testenvs.add(node(row)));
    ArrayNode suites = json.putArray("suites");
    results.suites().forEach(row -> suites.add(node(row)));
    return json.toPrettyString() + "\n";
  }

  private static ObjectNode node(RunRecord run) {
    ObjectNode node = NODES.objectNode();
    node.put("folder", run.folder().toString());
    node.put("plan", run.plan());
    node.put("account", run.account().word());
    node.put("start", run.start().toString());
    node.put("complete", run.complete());
    ObjectNode packages = node.putObject("packages");
    run.packages().forEach(packages::put);
    return node;
  }

  private static ObjectNode node(TestenvRow row) {
    ObjectNode node = NODES.objectNode();
    node.put("testenv", row.name());
    row.cells().forEach((account, cell) -> node.set(account.word(), node(cell)));
    return node;
  }

  private static ObjectNode node(TestenvCell cell) {
    ObjectNode node = NODES.objectNode();
    node.put("verdict", cell.verdict().word());
    cell.cold().ifPresent(took -> node.put("cold", seconds(took)));
    cell.fromSnapshot().ifPresent(took -> node.put("fromSnapshot", seconds(took)));
    node.put("failures", cell.failures());
    if (!cell.reason().isEmpty()) {
      node.put("reason", cell.reason());
    }
    return node;
  }

  private static ObjectNode node(SuiteRow row) {
    ObjectNode node = NODES.objectNode();
    node.put("suite", row.name());
    node.put("testenv", row.testenv());
    node.put("passed", row.passed().most());
    node.put("passedAtLeast", row.passed().least());
    node.put("skipped", row.skipped());
    ArrayNode known = node.putArray("knownFailures");
    row.knownFailures()
        .forEach(one -> known.addObject().put("tests", one.tests()).put("reason", one.reason()));
    row.cells().forEach((account, cell) -> node.set(account.word(), node(cell)));
    return node;
  }

  private static ObjectNode node(SuiteCell cell) {
    ObjectNode node = NODES.objectNode();
    node.put("verdict", cell.verdict().word());
    node.put("runs", cell.runs());
    node.put("failed", cell.failed());
    if (!cell.reason().isEmpty()) {
      node.put("reason", cell.reason());
    }
    return node;
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
