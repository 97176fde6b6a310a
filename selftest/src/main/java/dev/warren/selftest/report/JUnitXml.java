package dev.warren.selftest.report;

import dev.warren.selftest.report.JUnitReport.Case;
import dev.warren.selftest.report.RunEvent.SuiteFinished;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.verdict.Counts;
import dev.warren.selftest.verdict.SuiteResult;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * One suite in the XML form of JUnit's Ant task, which GitLab, Jenkins and Maven's reporters read.
 *
 * <p>The form knows no expected failures: they are {@code skipped} with the reason, and unexpected
 * successes are failures. A suite that failed by itself (its exit code, a signal, a time limit)
 * gets a case of its own, for readers look at cases only.
 */
final class JUnitXml {
  private final XMLStreamWriter xml;

  private JUnitXml(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static String of(SuiteFinished suite, Instant start, List<Case> cases, String output) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      new JUnitXml(xml).suite(suite, start, cases, output);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing XML into memory", e);
    }
    return text.append('\n').toString();
  }

  private void suite(SuiteFinished suite, Instant start, List<Case> cases, String output)
      throws XMLStreamException {
    SuiteResult result = suite.result();
    Counts counts = result.counts();
    boolean byItself = result.isBad() && counts.bad() == 0;
    boolean error = byItself && result.outcome() == Outcome.ERROR;
    int failures = counts.of(Outcome.FAILURE) + counts.of(Outcome.UXSUCCESS);
    xml.writeStartDocument("UTF-8", "1.0");
    line();
    xml.writeStartElement("testsuite");
    attribute("name", suite.suite().name());
    attribute("timestamp", start.truncatedTo(ChronoUnit.SECONDS).toString());
    attribute("time", seconds(suite.took()));
    attribute("tests", String.valueOf(counts.total() + (byItself ? 1 : 0)));
    attribute("failures", String.valueOf(failures + (byItself && !error ? 1 : 0)));
    attribute("errors", String.valueOf(counts.of(Outcome.ERROR) + (error ? 1 : 0)));
    attribute("skipped", String.valueOf(counts.of(Outcome.SKIP) + counts.of(Outcome.XFAIL)));
    line();
    for (Case test : cases) {
      testCase(suite, test.verdict().id(), test.took());
      outcome(test.verdict().outcome(), test.verdict().explanation());
      endLine();
    }
    if (byItself) {
      testCase(suite, suite.suite().name(), suite.took());
      outcome(result.outcome(), result.reason());
      endLine();
    }
    text("system-out", output);
    text("system-err", suite.serverLog());
    endLine();
    xml.writeEndDocument();
  }

  private void testCase(SuiteFinished suite, String id, Duration took) throws XMLStreamException {
    xml.writeStartElement("testcase");
    attribute("classname", suite.suite().name());
    attribute("name", id);
    attribute("time", seconds(took));
  }

  private void outcome(Outcome outcome, Optional<String> reason) throws XMLStreamException {
    switch (outcome) {
      case SUCCESS -> {}
      case SKIP, XFAIL -> {
        xml.writeStartElement("skipped");
        attribute("message", reason.orElse(outcome.word()));
        xml.writeEndElement();
      }
      case FAILURE, UXSUCCESS -> bad("failure", outcome, reason);
      case ERROR -> bad("error", outcome, reason);
    }
  }

  private void bad(String element, Outcome outcome, Optional<String> reason)
      throws XMLStreamException {
    String text = reason.orElse("No reason specified");
    xml.writeStartElement(element);
    attribute("type", outcome.word());
    // The last line that says something: of a Python trace it is the exception.
    attribute(
        "message", text.lines().filter(l -> !l.isBlank()).reduce((_, l) -> l).orElse("").strip());
    xml.writeCharacters(XmlText.legal(text));
    xml.writeEndElement();
  }

  private void text(String element, String text) throws XMLStreamException {
    if (!text.isEmpty()) {
      xml.writeStartElement(element);
      xml.writeCharacters(XmlText.legal(text));
      endLine();
    }
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, XmlText.legal(value));
  }

  private void endLine() throws XMLStreamException {
    xml.writeEndElement();
    line();
  }

  private void line() throws XMLStreamException {
    xml.writeCharacters("\n");
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
  }
}
