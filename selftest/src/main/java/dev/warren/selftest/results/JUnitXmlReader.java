package dev.warren.selftest.results;

import dev.warren.selftest.subunit.LineDecoder;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Files of JUnit's XML that the command leaves: {@code TEST-*.xml}, and every other {@code *.xml}
 * whose root is {@code testsuites} or {@code testsuite}. What the command prints is output.
 */
final class JUnitXmlReader implements ResultReader {
  private final String suite;
  private final ResultFiles files;
  private final TestEvents events;
  private final LineDecoder output;
  private final Instant start;

  JUnitXmlReader(
      String suite, ResultFiles files, InstantSource clock, Consumer<? super SubunitEvent> events) {
    this.suite = suite;
    this.files = files;
    this.events = new TestEvents(events);
    this.output = new LineDecoder(this.events::output);
    this.start = clock.instant();
  }

  @Override
  public void feed(byte[] bytes, int offset, int length) {
    output.feed(bytes, offset, length);
  }

  @Override
  public void finish(Outcome end, Optional<String> explanation) {
    output.finish();
    try {
      boolean any = false;
      Instant time = start;
      for (Map.Entry<String, byte[]> file : files.xml().entrySet()) {
        JUnitXmlParser parser = new JUnitXmlParser(file.getKey(), time, events);
        any |= parser.parse(file.getValue());
        time = parser.time();
      }
      if (!any) {
        events.error(suite, "the command left no TEST-*.xml and no other file of JUnit's XML");
      }
    } catch (IOException e) {
      events.error(suite, "the files of results cannot be read: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      events.error(suite, "the run was stopped before the files of results were read");
    }
  }
}
