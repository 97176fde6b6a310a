package dev.warren.lab.description;

import java.nio.file.Path;

/**
 * A file that is written into a host before anything runs there.
 *
 * @param path where, in the host
 * @param mode permissions, 0 to 07777
 * @param text what it holds, in UTF-8
 */
public record FileDescription(Path path, int mode, String text) {

  /** The mode of files that ask for none: everyone may read. */
  public static final int DEFAULT_MODE = 0644;

  /** Checks path and mode. */
  public FileDescription {
    Checks.filePath(path);
    Checks.mode(mode);
  }
}
