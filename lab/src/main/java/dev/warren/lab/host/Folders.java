package dev.warren.lab.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Folders with the permissions that they are to have, whatever the umask. */
final class Folders {
  private Folders() {}

  /** Makes a folder, where it is not there, and gives it these permissions. */
  static Path make(Path path, int mode) throws IOException {
    Files.createDirectories(path);
    setMode(path, mode);
    return path;
  }

  /** Makes a folder and those above it that are missing, for everybody to read. */
  static Path makeAll(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      makeAll(parent(path));
      Files.createDirectory(path);
      setMode(path, 0755);
    }
    return path;
  }

  /** The folder itself, or the nearest one above it that is there. */
  static Path existingAbove(Path path) {
    Path existing = path;
    while (!Files.isDirectory(existing)) {
      existing = parent(existing);
    }
    return existing;
  }

  /** The folder in which a path lies that is not the root. */
  static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent(), "the root folder is always there");
  }

  /** Gives a file its permissions; not at its creation, where the umask would take part. */
  static void setMode(Path path, int mode) throws IOException {
    Files.setAttribute(path, "unix:mode", mode);
  }
}
