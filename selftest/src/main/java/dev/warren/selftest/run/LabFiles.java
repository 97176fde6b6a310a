package dev.warren.selftest.run;

import dev.warren.lab.Host;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Files as a host sees them. */
final class LabFiles {
  private final Host host;

  LabFiles(Host host) {
    this.host = host;
  }

  /** Makes a folder and those above it, where they are not there. */
  void createFolders(Path folder) throws IOException {
    inside(() -> Files.createDirectories(folder));
  }

  /** Writes a file with these permission bits, and the folders above it. */
  void write(Path file, int mode, String text) throws IOException {
    inside(
        () -> {
          Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
          Files.writeString(file, text);
          return Files.setAttribute(file, "unix:mode", mode);
        });
  }

  /** The files in a folder and below it with their sizes; none when there is no such folder. */
  Map<Path, Long> sizes(Path folder) throws IOException {
    return inside(
        () -> {
          Map<Path, Long> sizes = new LinkedHashMap<>();
          try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
              sizes.put(file, Files.size(file));
            }
          } catch (NoSuchFileException e) {
            return Map.of();
          }
          return sizes;
        });
  }

  /** What a file has from {@code start} on, but at most its last {@code limit} bytes. */
  String read(Path file, long start, int limit) throws IOException {
    // The channel stays the host's when it is read outside.
    try (SeekableByteChannel channel = inside(() -> Files.newByteChannel(file))) {
      channel.position(Math.max(start, channel.size() - limit));
      ByteBuffer bytes = ByteBuffer.allocate(limit);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Reads on: a channel may give less than was asked for.
      }
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }
  }

  /** The last lines of a file; none when it is not there. */
  List<String> tail(Path file, int count) throws IOException {
    try {
      List<String> lines = read(file, 0, count * 1000).lines().toList();
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** Copies a file to one of the machine. */
  void copyOut(Path file, Path target) throws IOException {
    Files.createDirectories(target.toAbsolutePath().resolveSibling("."));
    try (SeekableByteChannel from = inside(() -> Files.newByteChannel(file));
        SeekableByteChannel to =
            Files.newByteChannel(
                target,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
      // Only what is there now: a log may grow as fast as it is read.
      long left = from.size();
      ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
      while (left > 0 && from.read(bytes) >= 0) {
        bytes.flip();
        left -= bytes.remaining();
        while (bytes.hasRemaining()) {
          to.write(bytes);
        }
        bytes.clear();
      }
    }
  }

  private <T> T inside(Callable<T> body) throws IOException {
    try {
      return host.call(body);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("in host " + host.name(), e);
    }
  }
}
