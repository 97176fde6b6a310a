package dev.warren.lab.description;

import java.nio.file.Path;

/**
 * A file that is written into a host before anything runs there.
 *
 * @param path where, in the host
 * @param mode permissions, 0 to 07777
 * @param content what it holds
 * @param ownership whose it is; root's when nothing is said
 */
public record FileDescription(Path path, int mode, FileContent content, Ownership ownership) {

  /** The mode of files that ask for none: everyone may read. */
  public static final int DEFAULT_MODE = 0644;

  /** Checks path and mode. */
  public FileDescription {
    Checks.filePath(path);
    Checks.mode(mode);
  }

  /**
   * Root's, with a text.
   *
   * @param text what it holds, in UTF-8
   */
  public FileDescription(Path path, int mode, String text) {
    this(path, mode, new FileContent.Text(text), Ownership.UNSAID);
  }

  /** With other content. */
  public FileDescription withContent(FileContent other) {
    return new FileDescription(path, mode, other, ownership);
  }
}
