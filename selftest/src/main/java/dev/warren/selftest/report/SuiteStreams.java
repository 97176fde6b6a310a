package dev.warren.selftest.report;

import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.subunit.SubunitWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Objects;
import org.apache.commons.io.output.DeferredFileOutputStream;

/**
 * Writes the streams of suites that run at the same time one after the other: the suite that has
 * run longest writes straight on, the others wait until it has ended, in memory or, when they say
 * much, in a file.
 */
final class SuiteStreams {
  /** Of a suite that waits, in bytes. */
  private static final int MOST_IN_MEMORY = 1 << 20;

  private final OutputStream out;
  private final Path file;

  /** By name, in the order in which they are written; the first one writes into the file. */
  private final LinkedHashMap<String, Stream> streams = new LinkedHashMap<>();

  private int opened;

  private static final class Stream {
    private final Path file;
    private final DeferredFileOutputStream kept;
    private SubunitWriter writer;
    private boolean isKept = true;
    private boolean ended;

    Stream(Path file) throws IOException {
      this.file = file;
      kept =
          DeferredFileOutputStream.builder()
              .setThreshold(MOST_IN_MEMORY)
              .setOutputFile(file.toFile())
              .get();
      writer = new SubunitWriter(kept);
    }

    void writeTo(OutputStream out) throws IOException {
      if (!isKept) {
        return;
      }
      isKept = false;
      try {
        kept.close();
        kept.writeTo(out);
      } finally {
        Files.deleteIfExists(file);
      }
      writer = new SubunitWriter(out);
    }
  }

  /**
   * Streams that end up in one.
   *
   * @param out where
   * @param file the file that this writes; what waits is in files beside it, with a number more
   */
  SuiteStreams(OutputStream out, Path file) {
    this.out = out;
    this.file = file;
  }

  /** Begins the stream of a suite. */
  void open(Suite suite) throws IOException {
    Stream stream = new Stream(file.resolveSibling(file.getFileName() + "." + ++opened));
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
