package dev.warren.selftest.report.events;

import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunEvent.RunFinished;
import dev.warren.selftest.report.RunEvent.RunStarted;
import dev.warren.selftest.report.RunEvent.SuiteFinished;
import dev.warren.selftest.report.RunEvent.TestenvFailed;
import dev.warren.selftest.report.RunEvent.TestenvReady;
import dev.warren.selftest.report.RunListener;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.ObjectWriter;

/**
 * Writes every event of a run as a line of JSON, {@code docs/test-runs.md}. The first line is an
 * {@link EventsHead}; a suite is described once, in a line before the first that names it. Lines
 * reach the file when a suite or the set-up of a testenv ends, or a buffer is full.
 */
public final class EventsReport implements RunListener {
  /** What the file is called in the folder of a run's results. */
  public static final String FILE = "events.jsonl";

  private static final int BUFFER = 1 << 16;

  private final RunFacts facts;
  private final OutputStream out;
  private final EventJson.Names names = new EventJson.Names();
  private final ObjectWriter heads = EventJson.writer(EventsHead.class);
  private final ObjectWriter suites = EventJson.writer(Suite.class);
  private final ObjectWriter events = EventJson.eventWriter(names);

  /** A report into a new file. */
  public EventsReport(Path file, RunFacts facts) throws IOException {
    this.facts = facts;
    this.out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
  }

  @Override
  public void on(RunEvent event) {
    try {
      if (event instanceof RunStarted started) {
        EventsHead head = new EventsHead(EventsHead.FORMAT, started.at(), started.plan(), facts);
        line(marked(EventsReader.HEAD, heads.writeValueAsString(head)));
      }
      String line = events.writeValueAsString(event);
      for (Suite suite : names.takeFresh()) {
        line(marked(EventsReader.SUITE, suites.writeValueAsString(suite)));
      }
      line(line);
      switch (event) {
        case RunFinished _ -> out.close();
        case SuiteFinished _, TestenvReady _, TestenvFailed _, RunStarted _ -> out.flush();
        default -> {}
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void line(String text) throws IOException {
    out.write(withWholePairs(text).getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }

  /** Half of a surrogate pair has no form in UTF-8; in JSON it has one, for it is in a string. */
  private static String withWholePairs(String json) {
    int index = 0;
    while (index < json.length() && !Character.isSurrogate(json.charAt(index))) {
      index++;
    }
    if (index == json.length()) {
      return json;
    }
    StringBuilder text = new StringBuilder(json.length() + 16);
    json.codePoints()
        .forEach(
            c -> {
              if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                text.append("\\u%04x".formatted(c));
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.toString();
  }

  private static String marked(String type, String object) {
    return "{\"type\":\"" + type + "\"," + object.substring(1);
  }
}
