package dev.warren.selftest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.source.Position;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.plan.SuiteCommand;
import dev.warren.selftest.plan.SuiteSettings;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.verdict.Counts;
import dev.warren.selftest.verdict.SuiteResult;
import dev.warren.selftest.verdict.TestVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * What CI servers ask of the files: the order of Ant's schema, and no element or attribute that
 * Jenkins' schema (junit-10.xsd of its xunit plug-in) does not know.
 */
class JUnitXmlTest {
  private static final List<Outcome> OUTCOMES = List.of(Outcome.values());
  private static final Instant START = Instant.parse("2026-03-01T12:00:00.5Z");

  private static final Map<String, Set<String>> ATTRIBUTES =
      Map.of(
          "testsuite",
          Set.of("name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname"),
          "properties",
          Set.of(),
          "property",
          Set.of("name", "value"),
          "testcase",
          Set.of("name", "classname", "time"),
          "failure",
          Set.of("type", "message"),
          "error",
          Set.of("type", "message"),
          "skipped",
          Set.of("message"),
          "system-out",
          Set.of(),
          "system-err",
          Set.of());

  private static final Map<String, List<String>> ORDER =
      Map.of(
          "testsuite", List.of("properties", "testcase", "system-out", "system-err"),
          "properties", List.of("property"),
          "testcase", List.of("skipped", "error", "failure"));

  @TempDir Path folder;

  @Test
  void isWhatServersAcceptWhateverTheTests() throws Exception {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<TestVerdict> verdicts =
          IntStream.range(0, random.nextInt(12))
              .mapToObj(
                  _ ->
                      new TestVerdict(
                          text(random),
                          OUTCOMES.get(random.nextInt(OUTCOMES.size())),
                          Optional.of(text(random)).filter(_ -> random.nextBoolean()),
                          Optional.of(text(random)).filter(_ -> random.nextBoolean())))
              .toList();
      Outcome own = random.nextBoolean() ? Outcome.SUCCESS : Outcome.ERROR;
      Element suite = written(text(random), verdicts, own, text(random));
      check(suite, "seed " + seed);
      counts(suite);
    }
  }

  @Test
  void tellsWhereASuiteRan() throws Exception {
    Element suite = written("a(ad_dc)", List.of(), Outcome.SUCCESS, "");
    assertThat(suite.getAttribute("hostname")).isNotEmpty();
    assertThat(suite.getAttribute("timestamp")).isEqualTo("2026-03-01T12:00:00");
    assertThat(
            children(children(suite).getFirst()).stream()
                .map(one -> one.getAttribute("name") + "=" + one.getAttribute("value")))
        .containsExactly("testenv=ad_dc", "lab=a-lab", "command=run x", "log=suites/a.log");
  }

  @Test
  void staysBelowWhatServersTake() throws Exception {
    TestVerdict huge =
        new TestVerdict(
            "t", Outcome.FAILURE, Optional.of("why\n" + "x".repeat(1 << 20)), Optional.empty());
    List<TestVerdict> many = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      many.add(huge);
    }
    Element suite = written("big", many, Outcome.FAILURE, "y".repeat(20 << 20));
    check(suite, "big");
    assertThat(Files.size(file())).isLessThan(30_000_000);
    Element failure = children(children(suite).get(1)).getFirst();
    assertThat(failure.getAttribute("message").length()).isLessThanOrEqualTo(JUnitXml.MESSAGE + 5);
    assertThat(failure.getTextContent().length()).isLessThanOrEqualTo(JUnitXml.REASON + 5);
  }

  private Element written(String name, List<TestVerdict> verdicts, Outcome own, String serverLog)
      throws Exception {
    try (Stream<Path> old = Files.list(folder)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    Suite suite =
        new Suite(
            name,
            TestenvChoice.parse("ad_dc").orElseThrow(),
            SuiteCommand.parse("run x"),
            Optional.empty(),
            SuiteSettings.USUAL,
            Position.of("plan"));
    JUnitReport report = new JUnitReport(folder, new FileNames());
    report.on(new RunEvent.SuiteStarted(START, suite, 1, "a-lab"));
    Counts counts = Counts.NONE;
    for (TestVerdict verdict : verdicts) {
      report.on(new RunEvent.TestStarted(START, suite, verdict.id()));
      report.on(new RunEvent.TestFinished(START.plusMillis(1500), suite, verdict));
      counts = counts.plus(verdict.outcome());
    }
    report.on(new RunEvent.SuiteSaid(START, suite, new SubunitEvent.Output("\u0000 out ]]>")));
    report.on(
        new RunEvent.SuiteFinished(
            START.plusSeconds(2),
            suite,
            new SuiteResult(own, Optional.of("why").filter(_ -> own.isBad()), counts),
            Duration.ofSeconds(2),
            serverLog,
            new SuiteFiles(
                Optional.of(Path.of("suites", "a.log")), Optional.empty(), Optional.empty())));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(file().toFile())
        .getDocumentElement();
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }

  private static void check(Element element, String what) {
    assertThat(ATTRIBUTES).as(what).containsKey(element.getTagName());
    Set<String> known = ATTRIBUTES.getOrDefault(element.getTagName(), Set.of());
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      assertThat(known).as(what).contains(element.getAttributes().item(i).getNodeName());
    }
    assertThat(known)
        .as("%s: all are required of <%s>", what, element.getTagName())
        .allMatch(element::hasAttribute);
    List<String> order = ORDER.getOrDefault(element.getTagName(), List.of());
    List<String> names = children(element).stream().map(Element::getTagName).toList();
    assertThat(names).as(what).isSubsetOf(order);
    assertThat(names.stream().map(order::indexOf)).as(what).isSorted();
    if (element.getTagName().equals("testcase")) {
      assertThat(names).as(what).hasSizeLessThanOrEqualTo(1);
      assertThat(element.getAttribute("time")).matches("\\d+\\.\\d{3}");
    }
    children(element).forEach(child -> check(child, what));
  }

  private static void counts(Element suite) {
    for (Map.Entry<String, String> one :
        Map.of("tests", "testcase", "failures", "failure", "errors", "error", "skipped", "skipped")
            .entrySet()) {
      assertThat(suite.getAttribute(one.getKey()))
          .as(one.getKey())
          .isEqualTo(String.valueOf(suite.getElementsByTagName(one.getValue()).getLength()));
    }
  }

  private static List<Element> children(Element element) {
    List<Element> children = new ArrayList<>();
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element one) {
        children.add(one);
      }
    }
    return children;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(30); i > 0; i--) {
      text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
    }
    return text + "]]>";
  }
}
