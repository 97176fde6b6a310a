package dev.warren.lab.capture;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;

/** Files that captures go to. */
public final class CaptureFile {
  private CaptureFile() {}

  /**
   * Opens a file that becomes a capture; what was in it is gone.
   *
   * @throws IOException saying why it cannot be written
   */
  public static FileChannel open(Path file) throws IOException {
    return open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  /**
   * Opens a file for one more capture behind what is in it, or a new one: a pcapng file may have
   * any number of sections.
   *
   * @throws IOException saying why it cannot be written
   */
  public static FileChannel reopen(Path file) throws IOException {
    return open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /**
   * Refuses a file whose folder is not there.
   *
   * @throws IOException saying so
   */
  public static void requireFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new IOException("cannot write " + file + ": there is no folder " + folder);
    }
  }

  private static FileChannel open(Path file, StandardOpenOption... how) throws IOException {
    requireFolder(file);
    Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.WRITE, how);
    try {
      return FileChannel.open(file, options);
    } catch (IOException failure) {
      throw new IOException("cannot write " + file + ": " + failure, failure);
    }
  }
}
