package dev.warren.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;

/** Surroundings of commands that run in this JVM and have all that is theirs in one folder. */
final class FolderSurroundings {
  private FolderSurroundings() {}

  /** What they print goes to {@code out} and {@code err}, which may be the same. */
  static Surroundings of(Path folder, StringWriter out, StringWriter err) {
    return of(folder, folder.resolve("run"), out, err);
  }

  /** With the labs that run elsewhere. */
  static Surroundings of(Path folder, Path runtime, StringWriter out, StringWriter err) {
    return new Surroundings(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        false,
        Optional.of(runtime),
        folder,
        folder.resolve("cache"),
        false,
        Optional.empty(),
        Optional.empty());
  }
}
