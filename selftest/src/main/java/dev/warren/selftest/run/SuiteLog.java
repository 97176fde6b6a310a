package dev.warren.selftest.run;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a suite wrote, byte for byte, in a file of its own; the first line is the command that wrote
 * it.
 */
final class SuiteLog implements OutputPump.Sink, AutoCloseable {
  private final OutputStream file;
  private final OutputPump.Sink next;

  private SuiteLog(OutputStream file, OutputPump.Sink next) {
    this.file = file;
    this.next = next;
  }

  /**
   * Begins a log.
   *
   * @param command what is about to run
   * @param next who gets the bytes too
   */
  static SuiteLog begin(Path path, String command, OutputPump.Sink next) throws IOException {
    // No buffer: whoever follows it sees what was written, and it is there after a kill.
    OutputStream file = Files.newOutputStream(path);
    file.write(("$ " + command + "\n").getBytes(StandardCharsets.UTF_8));
    return new SuiteLog(file, next);
  }

  /**
   * Takes bytes.
   *
   * @throws UncheckedIOException when the disk is full, say
   */
  @Override
  public void accept(byte[] bytes, int offset, int length) {
    next.accept(bytes, offset, length);
    try {
      file.write(bytes, offset, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
