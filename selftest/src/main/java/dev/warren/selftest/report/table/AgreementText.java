package dev.warren.selftest.report.table;

import dev.warren.selftest.report.compare.ComparisonText;
import dev.warren.selftest.report.compare.RunOutcomes.Ending;
import dev.warren.selftest.report.table.Agreement.Difference;
import dev.warren.selftest.report.table.Agreement.Share;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How far two harnesses agree, in Markdown and as JSON. */
public final class AgreementText {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private AgreementText() {}

  /** A section of a page. */
  public static String markdown(Agreement agreement) {
    StringBuilder text =
        new StringBuilder(
            """
            ## Beside upstream's harness

            Made by `warren report --beside`, not by hand. Suites that ran in both: a verdict is the same where the \
            suite passes in both, known failures included, or fails in both.

            """);
    text.append(Markdown.head(List.of("testenv", "suites in both:", "same verdict:", "share:")));
    agreement.testenvs().forEach((name, share) -> text.append(row(Markdown.code(name), share)));
    text.append(row("**all suites**", agreement.suites()));
    text.append(row("**their tests**", agreement.tests()));
    text.append(
        "\nSuites that ran in Warren only: %d; in upstream's harness only: %d.\n"
            .formatted(agreement.onlyOurs(), agreement.onlyTheirs()));
    if (agreement.differences().isEmpty()) {
      return text.toString();
    }
    text.append("\n### Where they differ\n\n");
    text.append(Markdown.head(List.of("suite", "upstream's harness", "Warren", "tests:", "why")));
    for (Difference difference : agreement.differences()) {
      text.append(
          Markdown.row(
              Stream.of(
                  Markdown.code(difference.suite()),
                  verdict(difference.theirs()),
                  verdict(difference.ours()),
                  String.valueOf(difference.tests().size()),
                  difference.reason().map(Markdown::text).orElse("not explained"))));
    }
    return text.toString();
  }

  /** Everything, for programs. */
  public static String json(Agreement agreement) {
    ObjectNode json = NODES.objectNode();
    json.set("suites", node(agreement.suites()));
    json.set("tests", node(agreement.tests()));
    json.put("onlyOurs", agreement.onlyOurs());
    json.put("onlyTheirs", agreement.onlyTheirs());
    ObjectNode testenvs = json.putObject("testenvs");
    agreement.testenvs().forEach((name, share) -> testenvs.set(name, node(share)));
    ArrayNode differences = json.putArray("differences");
    for (Difference difference : agreement.differences()) {
      ObjectNode node = differences.addObject();
      node.put("suite", difference.suite());
      node.put("testenv", difference.testenv());
      node.set("theirs", ComparisonText.node(difference.theirs()));
      node.set("ours", ComparisonText.node(difference.ours()));
      ArrayNode tests = node.putArray("tests");
      difference.tests().forEach(tests::add);
      difference.reason().ifPresent(reason -> node.put("why", reason));
    }
    return json.toPrettyString() + "\n";
  }

  private static String row(String title, Share share) {
    return Markdown.row(
        Stream.of(
            title,
            String.valueOf(share.all()),
            String.valueOf(share.same()),
            share.all() == 0
                ? "-"
                : String.format(Locale.ROOT, "%.1f %%", 100.0 * share.same() / share.all())));
  }

  private static ObjectNode node(Share share) {
    return NODES.objectNode().put("both", share.all()).put("same", share.same());
  }

  private static String verdict(Ending ending) {
    return ending.outcome().isBad()
        ? "**" + ending.outcome().word() + "**"
        : ending.outcome().word();
  }
}
