package dev.warren.selftest.report;

import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.subunit.SubunitWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Objects;

/**
 * Writes the streams of suites that run at the same time one after the other: the suite that has
 * run longest writes straight on, the others into memory until it has ended.
 */
final class SuiteStreams {
  private final OutputStream out;

  /** By name, in the order in which they are written; the first one writes into the file. */
  private final LinkedHashMap<String, Stream> streams = new LinkedHashMap<>();

  private static final class Stream {
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private SubunitWriter writer = new SubunitWriter(memory);
    private boolean ended;

    void writeTo(OutputStream file) throws IOException {
      memory.writeTo(file);
      memory.reset();
      writer = new SubunitWriter(file);
    }
  }

  SuiteStreams(OutputStream out) {
    this.out = out;
  }

  /** Begins the stream of a suite. */
  void open(Suite suite) throws IOException {
    Stream stream = new Stream();
    if (streams.isEmpty()) {
      stream.writeTo(out);
    }
    streams.put(suite.name(), stream);
  }

  /** Where a suite that runs writes to. */
  SubunitWriter of(Suite suite) {
    return stream(suite).writer;
  }

  /** The suite has written all. */
  void end(Suite suite) throws IOException {
    stream(suite).ended = true;
    if (streams.firstEntry().getValue().ended) {
      streams.pollFirstEntry();
      writeEnded();
      if (!streams.isEmpty()) {
        streams.firstEntry().getValue().writeTo(out);
      }
    }
  }

  /** Who ended meanwhile goes first, lest it wait for who may take long. */
  private void writeEnded() throws IOException {
    for (var streamsLeft = streams.values().iterator(); streamsLeft.hasNext(); ) {
      Stream stream = streamsLeft.next();
      if (stream.ended) {
        stream.writeTo(out);
        streamsLeft.remove();
      }
    }
  }

  /** Writes what the suites have said that never ended. */
  void endAll() throws IOException {
    for (Stream stream : streams.values()) {
      stream.writeTo(out);
    }
    streams.clear();
  }

  private Stream stream(Suite suite) {
    return Objects.requireNonNull(streams.get(suite.name()), "a suite that began");
  }
}
