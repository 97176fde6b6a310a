package dev.warren.selftest.plan;

import java.nio.file.Path;

/** Where a plan comes from. */
public sealed interface PlanSource {
  /** What ends a command: as in Samba's selftest, and in Perl. */
  char PIPE = '|';

  /** A file: in Warren's own format when its name ends in {@code .yaml}, else in Samba's. */
  record File(Path path) implements PlanSource {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** What a command of the shell prints, in Samba's format. */
  record Output(String command) implements PlanSource {
    @Override
    public String toString() {
      return command + PIPE;
    }
  }

  /** Reads {@code COMMAND|}, or the path of a file. */
  static PlanSource of(String text) {
    String trimmed = text.stripTrailing();
    int end = trimmed.length() - 1;
    return end > 0 && trimmed.charAt(end) == PIPE
        ? new Output(trimmed.substring(0, end).strip())
        : new File(Path.of(text));
  }
}
