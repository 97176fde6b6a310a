package dev.warren.lab.service;

import dev.warren.lab.host.Machine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The log file of a service, read inside its host. */
final class ServiceLog {
  /** The most of the end of a log that is looked at for its last lines. */
  private static final int TAIL = 64 * 1024;

  private final Machine host;
  private final Path file;

  ServiceLog(Machine host, Path file) {
    this.host = host;
    this.file = host.logFile(file);
  }

  /** How long it is; 0 when it is not there. */
  long size() throws IOException {
    return host.get(
        () -> {
          try {
            return Files.size(file);
          } catch (NoSuchFileException none) {
            return 0L;
          }
        });
  }

  /**
   * A part of it.
   *
   * @param from the first byte
   * @param most how many bytes at most
   * @return nothing when it is not there or not so long
   */
  byte[] read(long from, int most) throws IOException {
    return host.get(() -> readHere(file, from, most));
  }

  /** Its last lines, written after a place. */
  String tail(long from, int lines) throws IOException {
    long begin = Math.max(from, size() - TAIL);
    String text = new String(read(begin, TAIL), StandardCharsets.UTF_8);
    List<String> all = text.lines().toList();
    return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
  }

  /** Whether a line written after a place matches; for a thread inside the host. */
  boolean hasLineHere(long from, Pattern pattern) throws IOException {
    String text = new String(readHere(file, from, Integer.MAX_VALUE), StandardCharsets.UTF_8);
    return text.lines().anyMatch(line -> pattern.matcher(line).find());
  }

  private static byte[] readHere(Path file, long from, int most) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long length = Math.min(most, channel.size() - from);
      if (length <= 0) {
        return new byte[0];
      }
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
      channel.position(from);
      int count = 0;
      while (bytes.hasRemaining() && count >= 0) {
        count = channel.read(bytes);
      }
      return java.util.Arrays.copyOf(bytes.array(), bytes.position());
    } catch (NoSuchFileException none) {
      return new byte[0];
    }
  }
}
