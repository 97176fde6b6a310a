package dev.warren.selftest.snapshot;

import dev.warren.lab.tree.Trees;
import dev.warren.linux.kernel.FileLock;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** A snapshot that is being made. It counts as soon as it is whole; until then nobody sees it. */
public final class SnapshotDraft implements AutoCloseable {
  private static final int BUFFER = 1 << 18;

  private final SnapshotStore store;
  private final SnapshotKey key;
  private final Path folder;
  private final FileLock lock;
  private final List<Manifest.Archive> archives = new ArrayList<>();

  SnapshotDraft(SnapshotStore store, SnapshotKey key, Path folder, FileLock lock) {
    this.store = store;
    this.key = key;
    this.folder = folder;
    this.lock = lock;
  }

  /** Writes an archive. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException, InterruptedException;
  }

  /**
   * Adds the state of a host.
   *
   * @param removed what it had not in /etc
   */
  public void add(String host, List<String> removed, Content content)
      throws IOException, InterruptedException {
    Path file = folder.resolve(host + ".tar");
    CRC32C checksum = new CRC32C();
    try (OutputStream out =
        new BufferedOutputStream(
            new CheckedOutputStream(Files.newOutputStream(file), checksum), BUFFER)) {
      content.writeTo(out);
    }
    archives.add(
        new Manifest.Archive(host, Files.size(file), Manifest.Archive.text(checksum), removed));
  }

  /**
   * Puts it into the cache, in place of an earlier one with its key; the least used others go where
   * there are too many.
   *
   * @param catalogue the folder of the definitions
   * @param setUp how long the set-up took
   * @return what was put there
   */
  public Manifest commit(String catalogue, Duration setUp)
      throws IOException, InterruptedException {
    Manifest manifest = new Manifest(key, catalogue, Instant.now(), setUp, archives);
    Files.writeString(folder.resolve(SnapshotStore.MANIFEST), ManifestJson.text(manifest));
    store.commit(folder, key);
    lock.close();
    var _ = store.prune(store.limit(), List.of(key.name()));
    return manifest;
  }

  /** Removes it, unless it was put into the cache. */
  @Override
  public void close() throws IOException {
    try (lock) {
      Trees.delete(folder);
    }
  }
}
