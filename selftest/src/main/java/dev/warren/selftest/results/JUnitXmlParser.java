package dev.warren.selftest.results;

import dev.warren.selftest.subunit.Outcome;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file of JUnit's XML.
 *
 * <p>There is no standard: this is the form of Ant's {@code junitreport} with what Maven's Surefire
 * (nested and repeated results), GoogleTest ({@code status="notrun"}) and pytest make of it. A test
 * is called {@code classname.name}. What is a failure or an error outside of a test is an error
 * under the suite's name. Neither document types nor entities are read.
 */
final class JUnitXmlParser {
  /** So much of a file holds its declaration. */
  private static final int HEAD = 200;

  private static final Pattern ENCODING =
      Pattern.compile("^<\\?xml[^>]*encoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)");

  private static final Duration LONGEST = Duration.ofDays(365);

  private final String file;
  private final TestEvents events;
  private final Deque<Suite> suites = new ArrayDeque<>();
  private Instant time;
  private boolean found;
  private @Nullable Case test;

  /** A {@code testsuite} that is open. */
  private static final class Suite {
    private final String name;
    private final boolean saysBad;
    private boolean bad;

    Suite(String name, boolean saysBad) {
      this.name = name;
      this.saysBad = saysBad;
    }
  }

  /** A {@code testcase} that is open. */
  private static final class Case {
    private final String name;
    private final Duration took;
    private Outcome outcome;
    private final StringBuilder reason = new StringBuilder();

    Case(String name, Duration took, Outcome outcome) {
      this.name = name;
      this.took = took;
      this.outcome = outcome;
    }

    /** Of several results the worst counts. */
    void add(Outcome other, String text) {
      outcome = rank(other) > rank(outcome) ? other : outcome;
      reason.append(text);
    }

    private static int rank(Outcome outcome) {
      return switch (outcome) {
        case ERROR -> 3;
        case FAILURE -> 2;
        case SKIP -> 1;
        default -> 0;
      };
    }
  }

  /**
   * A parser of one file.
   *
   * @param start when its first test began
   */
  JUnitXmlParser(String file, Instant start, TestEvents events) {
    this.file = file;
    this.time = start;
    this.events = events;
  }

  /** When its last test ended: a file has durations only. */
  Instant time() {
    return time;
  }

  /** Tells all tests of a file; false when it is none of JUnit's. */
  boolean parse(byte[] xml) {
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(decoded(xml)));
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            if (!found && !reader.getLocalName().matches("testsuites?")) {
              return notOurs("its root is <%s>".formatted(reader.getLocalName()));
            }
            found = true;
            start(reader);
          }
          case XMLStreamConstants.END_ELEMENT -> end(reader.getLocalName());
          default -> {}
        }
      }
      return found;
    } catch (XMLStreamException e) {
      return notOurs(words(e));
    } catch (RuntimeException e) {
      // The JDK's reader has some of its own for bytes that are no characters.
      return notOurs("it is damaged: " + lastLine(e.getMessage()));
    }
  }

  /**
   * The text, in which bytes that are no characters are replaced: test programs print such, and the
   * results are to be had all the same.
   */
  private static String decoded(byte[] xml) {
    String start = new String(xml, 0, Math.min(xml.length, HEAD), StandardCharsets.ISO_8859_1);
    Charset charset = StandardCharsets.UTF_8;
    if (start.startsWith("\u00fe\u00ff") || start.startsWith("\u00ff\u00fe")) {
      charset = StandardCharsets.UTF_16;
    }
    Matcher declared = ENCODING.matcher(start);
    if (declared.find()) {
      try {
        charset = Charset.forName(declared.group(1));
      } catch (IllegalArgumentException unknown) {
        // What can be read of it as UTF-8 will do.
      }
    }
    String text = new String(xml, charset);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private boolean notOurs(String problem) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    if (!found && !name.startsWith("TEST-")) {
      return false;
    }
    Case cut = test;
    if (cut != null) {
      cut.add(Outcome.ERROR, "the file of results ends here");
    }
    endTest();
    events.error(name, "%s is no file of JUnit's XML: %s".formatted(file, problem));
    return true;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  private void start(XMLStreamReader reader) throws XMLStreamException {
    switch (reader.getLocalName()) {
      case "testsuite" ->
          suites.push(
              new Suite(
                  attribute(reader, "name").orElse(file),
                  isAboveZero(reader, "failures") || isAboveZero(reader, "errors")));
      case "testcase" -> {
        endTest();
        test = testCase(reader);
      }
      case "failure", "rerunFailure" -> bad(reader, Outcome.FAILURE);
      case "error", "rerunError" -> bad(reader, Outcome.ERROR);
      case "skipped" -> {
        Case current = test;
        String text = text(reader);
        if (current != null) {
          current.add(Outcome.SKIP, text);
        }
      }
      default -> {}
    }
  }

  private void end(String element) {
    switch (element) {
      case "testcase" -> endTest();
      case "testsuite" -> {
        Suite ended = suites.pop();
        if (ended.saysBad && !ended.bad) {
          events.error(ended.name, file + " counts failures or errors, but has none");
        }
        if (ended.bad && !suites.isEmpty()) {
          suites.getFirst().bad = true;
        }
      }
      default -> {}
    }
  }

  private static Case testCase(XMLStreamReader reader) {
    String name = attribute(reader, "name").orElse("");
    String full = attribute(reader, "classname").map(owner -> owner + "." + name).orElse(name);
    boolean ran = attribute(reader, "status").filter(status -> status.equals("notrun")).isEmpty();
    return new Case(
        full,
        attribute(reader, "time").map(JUnitXmlParser::duration).orElse(Duration.ZERO),
        ran ? Outcome.SUCCESS : Outcome.SKIP);
  }

  private void bad(XMLStreamReader reader, Outcome outcome) throws XMLStreamException {
    String text = text(reader);
    if (!suites.isEmpty()) {
      suites.getFirst().bad = true;
    }
    Case current = test;
    if (current != null) {
      current.add(outcome, text);
    } else {
      events.error(suites.isEmpty() ? file : suites.getFirst().name, text);
    }
  }

  private void endTest() {
    Case ended = test;
    if (ended != null) {
      test = null;
      events.time(time);
      String id = events.start(ended.name);
      time = time.plus(ended.took);
      events.time(time);
      events.finish(id, ended.outcome, Optional.of(ended.reason.toString()));
    }
  }

  /** The message of a result and what it holds, up to its end. */
  private static String text(XMLStreamReader reader) throws XMLStreamException {
    Optional<String> message = attribute(reader, "message");
    StringBuilder text = new StringBuilder();
    for (int depth = 1; depth > 0; ) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> depth++;
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        default -> {}
      }
    }
    String body = text.toString().strip();
    // Most writers begin the text with the message, behind the exception's type.
    String said =
        message.filter(words -> !body.contains(words)).map(words -> words + "\n").orElse("");
    return said + body + "\n";
  }

  private static Optional<String> attribute(XMLStreamReader reader, String name) {
    return Optional.ofNullable(reader.getAttributeValue(null, name))
        .filter(text -> !text.isEmpty());
  }

  private static boolean isAboveZero(XMLStreamReader reader, String attribute) {
    return attribute(reader, attribute).filter(text -> text.matches("0*[1-9]\\d*")).isPresent();
  }

  /** Seconds, where some write commas between thousands; what is no number counts as none. */
  private static Duration duration(String seconds) {
    try {
      double value = Double.parseDouble(seconds.replace(",", ""));
      return value > 0 && value < LONGEST.toSeconds()
          ? Duration.ofNanos((long) (value * 1e9))
          : Duration.ZERO;
    } catch (NumberFormatException e) {
      return Duration.ZERO;
    }
  }

  private static String words(XMLStreamException problem) {
    Location place = problem.getLocation();
    String line = place == null ? "" : "line %d: ".formatted(place.getLineNumber());
    return line + lastLine(problem.getMessage());
  }

  private static String lastLine(@Nullable String text) {
    return text == null
        ? "no reason is given"
        : text.lines().reduce((_, last) -> last).orElse("").replace("Message: ", "");
  }
}
