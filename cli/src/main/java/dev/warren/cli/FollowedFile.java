package dev.warren.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The lines of a file, and those that come later until the file is gone. */
final class FollowedFile {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final Path file;
  private final boolean follow;

  private FollowedFile(Path file, boolean follow) {
    this.file = file;
    this.follow = follow;
  }

  /**
   * @param follow whether to wait for more at its end
   */
  static FollowedFile of(Path file, boolean follow) {
    return new FollowedFile(file, follow);
  }

  /** What is done with a line. */
  @FunctionalInterface
  interface LineAction {
    void accept(String line) throws IOException;
  }

  /** Whole lines only: one that is being written is waited for, or left out. */
  void forEachLine(LineAction action) throws IOException, InterruptedException {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      StringBuilder line = new StringBuilder();
      while (true) {
        int next = reader.read();
        if (next == '\n') {
          action.accept(line.toString());
          line.setLength(0);
        } else if (next >= 0) {
          line.append((char) next);
        } else if (follow && Files.exists(file)) {
          Thread.sleep(BETWEEN_LOOKS);
        } else {
          return;
        }
      }
    }
  }
}
