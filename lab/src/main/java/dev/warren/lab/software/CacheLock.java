package dev.warren.lab.software;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Keeps a cache for one user at a time, in this JVM or another; a dead one keeps nothing. */
final class CacheLock implements AutoCloseable {
  private static final long RETRY_MILLIS = 100;

  /** Longer than any build of a layer may take. */
  private static final long LIMIT_NANOS = TimeUnit.HOURS.toNanos(2);

  private final FileChannel channel;

  private CacheLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Waits until the cache is free. */
  static CacheLock take(Path file, Consumer<String> progress)
      throws IOException, InterruptedException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      long end = System.nanoTime() + LIMIT_NANOS;
      taken = tryLock(channel).isPresent();
      if (!taken) {
        progress.accept("waiting for another Warren that builds its software");
      }
      while (!taken) {
        if (System.nanoTime() > end) {
          throw new SoftwareException(
              "waiting for %s took too long: who holds it?".formatted(file));
        }
        TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        taken = tryLock(channel).isPresent();
      }
      return new CacheLock(channel);
    } finally {
      if (!taken) {
        channel.close();
      }
    }
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
