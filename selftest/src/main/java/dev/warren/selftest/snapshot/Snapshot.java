package dev.warren.selftest.snapshot;

import dev.warren.linux.kernel.FileLock;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.zip.CRC32C;

/**
 * A snapshot that is being used: whole, as its checksums say, and not removed meanwhile. Its files
 * stay open, so that what was checked is what is read.
 */
public final class Snapshot implements AutoCloseable {
  private static final int BUFFER = 1 << 18;

  private final Manifest manifest;
  private final FileLock lock;
  private final Map<String, FileChannel> files = new LinkedHashMap<>();

  private Snapshot(Manifest manifest, FileLock lock) {
    this.manifest = manifest;
    this.lock = lock;
  }

  /**
   * Opens the archives and checks them.
   *
   * @param lock the snapshot's; closed with it, not when this fails
   * @throws IOException when one is missing or damaged
   */
  static Snapshot open(Path folder, Manifest manifest, FileLock lock) throws IOException {
    Snapshot snapshot = new Snapshot(manifest, lock);
    boolean whole = false;
    try {
      for (Manifest.Archive archive : manifest.archives()) {
        FileChannel file =
            FileChannel.open(folder.resolve(archive.file()), StandardOpenOption.READ);
        snapshot.files.put(archive.host(), file);
        check(archive, file);
      }
      whole = true;
      return snapshot;
    } finally {
      if (!whole) {
        snapshot.closeFiles();
      }
    }
  }

  private static void check(Manifest.Archive archive, FileChannel file) throws IOException {
    if (file.size() != archive.bytes()) {
      throw new IOException(
          "%s has %d bytes instead of %d".formatted(archive.file(), file.size(), archive.bytes()));
    }
    CRC32C checksum = new CRC32C();
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
    while (file.read(bytes) >= 0) {
      checksum.update(bytes.flip());
      bytes.clear();
    }
    if (!Manifest.Archive.text(checksum).equals(archive.crc32c())) {
      throw new IOException(archive.file() + " has another checksum");
    }
  }

  /** What it says of itself. */
  public Manifest manifest() {
    return manifest;
  }

  /**
   * The state of a host.
   *
   * @throws NoSuchElementException when it holds none
   */
  public Manifest.Archive archive(String host) {
    return manifest.archives().stream()
        .filter(archive -> archive.host().equals(host))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no state of host " + host));
  }

  /** Reads an archive from its beginning; one reader at a time. */
  public InputStream read(Manifest.Archive archive) throws IOException {
    FileChannel file = files.get(archive.host());
    if (file == null) {
      throw new NoSuchElementException("no state of host " + archive.host());
    }
    file.position(0);
    InputStream open = Channels.newInputStream(file);
    return new BufferedInputStream(open, BUFFER) {
      @Override
      public void close() {
        // The file is the snapshot's.
      }
    };
  }

  private void closeFiles() throws IOException {
    for (FileChannel file : files.values()) {
      file.close();
    }
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      closeFiles();
    }
  }
}
