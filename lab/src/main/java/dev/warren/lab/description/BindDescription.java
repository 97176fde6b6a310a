package dev.warren.lab.description;

import java.nio.file.Path;

/**
 * A file or folder of the machine that a host sees at another place.
 *
 * @param path where, in the host
 * @param source where, on the machine; absolute
 * @param writable whether the host may write there, and so to the machine's own files
 */
public record BindDescription(Path path, Path source, boolean writable) {

  /** Checks both paths. */
  public BindDescription {
    Checks.privateDirectory(path);
    Checks.path(source);
  }
}
