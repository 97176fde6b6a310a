package dev.warren.selftest.run;

import dev.warren.lab.Host;
import dev.warren.lab.process.HostCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Files as a host sees them. */
final class LabFiles {
  private final Host host;

  LabFiles(Host host) {
    this.host = host;
  }

  /** Makes a folder and those above it, where they are not there. */
  void createFolders(Path folder) throws IOException, InterruptedException {
    inside(() -> Files.createDirectories(folder));
  }

  /** Writes a file with these permission bits, and the folders above it. */
  void write(Path file, int mode, String text) throws IOException, InterruptedException {
    inside(
        () -> {
          Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
          // A file of the machine's root can be replaced by an ordinary user, not changed.
          Files.deleteIfExists(file);
          Files.writeString(file, text);
          return Files.setAttribute(file, "unix:mode", mode);
        });
  }

  /**
   * The files in a folder and below it with their sizes; none when there is no such folder. What is
   * removed meanwhile may be left out.
   */
  SortedMap<Path, Long> sizes(Path folder) throws IOException, InterruptedException {
    return inside(
        () -> {
          SizeCollector sizes = new SizeCollector();
          Files.walkFileTree(folder, sizes);
          return sizes.sizes;
        });
  }

  /** Looks at files that others write, rename and remove. */
  private static final class SizeCollector extends SimpleFileVisitor<Path> {
    private final SortedMap<Path, Long> sizes = new TreeMap<>();

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      try {
        // Through a link: its own attributes are not those of the log.
        if (Files.isRegularFile(file)) {
          sizes.put(file, Files.size(file));
        }
        return FileVisitResult.CONTINUE;
      } catch (IOException e) {
        return visitFileFailed(file, e);
      }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }

  /** What a file has from {@code start} on, but at most its last {@code limit} bytes. */
  String read(Path file, long start, int limit) throws IOException, InterruptedException {
    // The channel stays the host's when it is read outside.
    try (SeekableByteChannel channel = inside(() -> Files.newByteChannel(file))) {
      channel.position(Math.max(start, channel.size() - limit));
      ByteBuffer bytes = ByteBuffer.allocate(limit);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Reads on: a channel may give less than was asked for.
      }
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    } catch (ClosedByInterruptException e) {
      throw interrupted(e);
    }
  }

  /** The last lines of a file; none when it is not there. */
  List<String> tail(Path file, int count) throws IOException, InterruptedException {
    try {
      List<String> lines = read(file, 0, count * 1000).lines().toList();
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** Copies a file to one of the machine, unless it is gone. */
  void copyOut(Path file, Path target) throws IOException, InterruptedException {
    Optional<SeekableByteChannel> source = openIfThere(file);
    if (source.isPresent()) {
      copy(source.get(), target);
    }
  }

  private Optional<SeekableByteChannel> openIfThere(Path file)
      throws IOException, InterruptedException {
    try {
      return Optional.of(inside(() -> Files.newByteChannel(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static void copy(SeekableByteChannel source, Path target)
      throws IOException, InterruptedException {
    try (source) {
      Files.createDirectories(target.toAbsolutePath().resolveSibling("."));
      try (OutputStream to = Files.newOutputStream(target)) {
        // Only what is there now: a log may grow as fast as it is read.
        long left = source.size();
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        while (left > 0 && source.read(bytes) >= 0) {
          to.write(bytes.array(), 0, bytes.position());
          left -= bytes.position();
          bytes.clear();
        }
      }
    } catch (ClosedByInterruptException e) {
      throw interrupted(e);
    }
  }

  private <T> T inside(HostCode<T, IOException> code) throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try {
      return host.files(code);
    } catch (ClosedByInterruptException e) {
      throw interrupted(e);
    }
  }

  /** What an interrupted channel means; as an IOException it would look like a bad file. */
  private static InterruptedException interrupted(ClosedByInterruptException cause) {
    boolean _ = Thread.interrupted();
    InterruptedException interrupt = new InterruptedException();
    interrupt.initCause(cause);
    return interrupt;
  }
}
