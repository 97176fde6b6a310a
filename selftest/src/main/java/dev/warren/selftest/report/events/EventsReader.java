package dev.warren.selftest.report.events;

import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.report.RunEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;

/**
 * Reads what {@link EventsReport} wrote, also where the run was killed in the middle of a line or
 * somebody damaged the file: lines that are no events are reported, and the others used.
 */
public final class EventsReader {
  /** The type of the first line. */
  static final String HEAD = "warren-run";

  /** The type of a line that describes a suite. */
  static final String SUITE = "suite";

  /** No event is longer, in bytes: a suite's end with the logs of many services is the longest. */
  static final int LONGEST_LINE = 64 << 20;

  private final EventJson.Names names = new EventJson.Names();
  private final ObjectReader heads = EventJson.reader(EventsHead.class);
  private final ObjectReader suites = EventJson.reader(Suite.class);
  private final ObjectReader events = EventJson.eventReader(names);
  private final Consumer<RunEvent> consumer;
  private final DamagedLines damaged = new DamagedLines();
  private Optional<EventsHead> head = Optional.empty();
  private long count;

  private EventsReader(Consumer<RunEvent> consumer) {
    this.consumer = consumer;
  }

  /**
   * What a file held besides its events.
   *
   * @param head its first line, unless that is damaged
   * @param events how many events were read
   * @param damaged the lines that could not be
   */
  public record Result(Optional<EventsHead> head, long events, DamagedLines damaged) {}

  /**
   * Reads the events of a run in a folder of results.
   *
   * @throws IOException when the folder has none, or they cannot be read
   */
  public static Result readFolder(Path folder, Consumer<RunEvent> consumer) throws IOException {
    Path file = folder.resolve(EventsReport.FILE);
    try {
      return read(file, consumer);
    } catch (NoSuchFileException e) {
      throw new IOException(
          "%s: no %s there: name the folder of a run's results, as --results of `warren test` did"
              .formatted(folder, EventsReport.FILE),
          e);
    }
  }

  /**
   * Reads a file.
   *
   * @param consumer is given the events, in order
   * @throws IOException when it cannot be read, or a newer Warren wrote it
   */
  public static Result read(Path file, Consumer<RunEvent> consumer) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in, consumer);
    }
  }

  /**
   * Reads a stream.
   *
   * @param name what errors call it
   */
  public static Result read(String name, InputStream in, Consumer<RunEvent> consumer)
      throws IOException {
    EventsReader reader = new EventsReader(consumer);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    long number = 1;
    boolean tooLong = false;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      int start = 0;
      for (int at = 0; at < count; at++) {
        if (buffer[at] == '\n') {
          tooLong |= !append(line, buffer, start, at);
          reader.line(name, number, tooLong, line);
          number++;
          tooLong = false;
          start = at + 1;
        }
      }
      tooLong |= !append(line, buffer, start, count);
    }
    if (line.size() > 0) {
      reader.line(name, number, tooLong, line);
    }
    return new Result(reader.head, reader.count, reader.damaged);
  }

  /** Whether all found room in the line. */
  private static boolean append(ByteArrayOutputStream line, byte[] bytes, int start, int end) {
    int room = LONGEST_LINE - line.size();
    line.write(bytes, start, Math.min(end - start, room));
    return end - start <= room;
  }

  private void line(String name, long number, boolean tooLong, ByteArrayOutputStream bytes)
      throws IOException {
    String line = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    if (tooLong) {
      damaged.add(number, "it is longer than %d bytes".formatted(LONGEST_LINE));
      return;
    }
    try {
      if (is(line, HEAD)) {
        EventsHead read = heads.readValue(line);
        if (read.format() > EventsHead.FORMAT) {
          throw new IOException(
              "%s:%d: format %d, and this Warren reads up to %d: use Warren %s, which wrote it"
                  .formatted(
                      name, number, read.format(), EventsHead.FORMAT, read.facts().warren()));
        }
        head = Optional.of(read);
      } else if (is(line, SUITE)) {
        Suite suite = suites.readValue(line);
        names.describe(suite);
      } else {
        @Nullable RunEvent event = events.readValue(line);
        if (event == null) {
          damaged.add(number, "no event");
        } else {
          count++;
          consumer.accept(event);
        }
      }
    } catch (JacksonException e) {
      damaged.add(number, e.getOriginalMessage());
    }
  }

  private static boolean is(String line, String type) {
    return line.startsWith("{\"type\":\"" + type + "\",");
  }
}
