package dev.warren.lab.event;

import dev.warren.lab.json.TypedJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of events, one JSON object a line: {@code time} (ISO 8601 in UTC, with milliseconds),
 * {@code type}, and the components of the event. Every line is written when it happens.
 */
public final class EventLog implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final TypedJson<Event> EVENTS = new TypedJson<>(Event.class);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Writer writer;

  private EventLog(Writer writer) {
    this.writer = writer;
  }

  /** Opens a log, and makes the file where there is none. */
  public static EventLog append(Path file) throws IOException {
    return new EventLog(
        Files.newBufferedWriter(
            file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  /**
   * Writes a line.
   *
   * @throws UncheckedIOException when the file cannot be written
   */
  public synchronized void write(Occurrence occurrence) {
    try {
      writer.write(line(occurrence) + "\n");
      writer.flush();
    } catch (IOException failure) {
      throw new UncheckedIOException("the log of events cannot be written", failure);
    }
  }

  /** An event as a line of a log, without its end. */
  public static String line(Occurrence occurrence) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("time", TIME.format(occurrence.time()));
    node.setAll(EVENTS.node(occurrence.event()));
    return node.toString();
  }

  /**
   * Reads a line of a log.
   *
   * @throws IOException when it is none
   */
  public static Occurrence parse(String line) throws IOException {
    try {
      JsonNode node = MAPPER.readTree(line);
      return new Occurrence(Instant.parse(node.path("time").asString("")), EVENTS.read(node));
    } catch (DateTimeParseException | tools.jackson.core.JacksonException damaged) {
      throw new IOException("no event: " + line, damaged);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    writer.close();
  }
}
