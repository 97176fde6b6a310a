package dev.warren.lab.capture;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files that captures go to. */
public final class CaptureFile {
  private CaptureFile() {}

  /**
   * Opens a file that becomes a capture; what was in it is gone.
   *
   * @throws IOException saying why it cannot be written
   */
  public static FileChannel open(Path file) throws IOException {
    return open(file, StandardOpenOption.TRUNCATE_EXISTING);
  }

  /**
   * Opens a file that has a capture in it, to add another: a pcapng file may have several sections.
   *
   * @throws IOException saying why it cannot be written
   */
  public static FileChannel goOn(Path file) throws IOException {
    return open(file, StandardOpenOption.APPEND);
  }

  private static FileChannel open(Path file, OpenOption mode) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new IOException("cannot write " + file + ": there is no folder " + folder);
    }
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE, mode, StandardOpenOption.WRITE);
    } catch (IOException failure) {
      throw new IOException("cannot write " + file + ": " + failure, failure);
    }
  }
}
