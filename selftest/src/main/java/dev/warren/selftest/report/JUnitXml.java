package dev.warren.selftest.report;

import dev.warren.selftest.report.JUnitReport.Case;
import dev.warren.selftest.report.RunEvent.SuiteFinished;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.verdict.Counts;
import dev.warren.selftest.verdict.SuiteResult;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
  /** The most of a reason, in characters: it goes into a page of the server's. */
  static final int REASON = 64 * 1024;

  /** The most of a message, which is an attribute and shown in one line. */
  static final int MESSAGE = 1000;

  /** The most of all reasons of a file; GitLab refuses files above 30 MB. */
  static final int ALL_REASONS = 8 << 20;

  /** The most of what servers logged. */
  static final int LOG = 1 << 20;

  /** The form of Ant's schema: UTC, and no zone said. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private static final String CUT = "[...]";

  private final XMLStreamWriter xml;
  private int reasonsLeft = ALL_REASONS;

  /** Where and when a suite ran. */
  record Circumstances(String hostName, String lab, Instant start) {}

  private JUnitXml(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static String of(
      SuiteFinished suite, Circumstances circumstances, List<Case> cases, String output) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      new JUnitXml(xml).suite(suite, circumstances, cases, output);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing XML into memory", e);
    }
    return text.append('\n').toString();
  }

  private void suite(
      SuiteFinished suite, Circumstances circumstances, List<Case> cases, String output)
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
    attribute("hostname", circumstances.hostName());
    attribute("timestamp", TIME.format(circumstances.start()));
    attribute("time", seconds(suite.took()));
    attribute("tests", String.valueOf(counts.total() + (byItself ? 1 : 0)));
    attribute("failures", String.valueOf(failures + (byItself && !error ? 1 : 0)));
    attribute("errors", String.valueOf(counts.of(Outcome.ERROR) + (error ? 1 : 0)));
    attribute("skipped", String.valueOf(counts.of(Outcome.SKIP) + counts.of(Outcome.XFAIL)));
    line();
    properties(suite, circumstances);
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
    text("system-err", tail(suite.serverLog(), LOG));
    endLine();
    xml.writeEndDocument();
  }

  private void properties(SuiteFinished suite, Circumstances circumstances)
      throws XMLStreamException {
    xml.writeStartElement("properties");
    line();
    property("testenv", suite.suite().testenv().toString());
    property("lab", circumstances.lab());
    property("command", suite.suite().command().shell());
    if (suite.files().log().isPresent()) {
      property("log", suite.files().log().get().toString());
    }
    if (suite.files().capture().isPresent()) {
      property("capture", suite.files().capture().get().toString());
    }
    if (suite.files().traces().isPresent()) {
      property("traces", suite.files().traces().get().toString());
    }
    endLine();
  }

  private void property(String name, String value) throws XMLStreamException {
    xml.writeEmptyElement("property");
    attribute("name", name);
    attribute("value", value);
    line();
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
        attribute("message", head(reason.orElse(outcome.word()), MESSAGE));
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
    String last = text.lines().filter(l -> !l.isBlank()).reduce((_, l) -> l).orElse("").strip();
    attribute("message", head(last, MESSAGE));
    String kept = tail(text, Math.max(0, Math.min(REASON, reasonsLeft)));
    reasonsLeft -= kept.length();
    xml.writeCharacters(XmlText.legal(kept));
    xml.writeEndElement();
  }

  private void text(String element, String text) throws XMLStreamException {
    xml.writeStartElement(element);
    xml.writeCharacters(XmlText.legal(text));
    endLine();
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

  private static String head(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + CUT;
  }

  private static String tail(String text, int most) {
    return text.length() <= most ? text : CUT + text.substring(text.length() - most);
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
  }
}
