package dev.warren.lab.doctor;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The machine as the checks look at it: its files, and what its programs answer.
 *
 * @param root what stands for /
 */
record Machine(Path root) {
  /** No answer of a program that is worth having takes longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * How a program ended.
   *
   * @param code its exit code; 127 when it is not there, 124 when it took too long
   * @param text what it wrote, errors too
   */
  record Answer(int code, String text) {
    boolean good() {
      return code == 0;
    }

    /** The last line: where programs say what went wrong. */
    String lastLine() {
      return text.lines().reduce("", (_, line) -> line);
    }
  }

  /** The text of a file, without blanks around; empty when it cannot be read. */
  Optional<String> read(String path) {
    try {
      return Optional.of(Files.readString(at(path)).strip());
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** A number that stands alone in a file. */
  Optional<Long> number(String path) {
    return read(path).filter(text -> text.matches("\\d{1,18}")).map(Long::parseLong);
  }

  /** What follows a key in a file of "Key: value" lines. */
  Optional<String> field(String path, String key) {
    return read(path).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(key + ":"))
        .map(line -> line.substring(key.length() + 1).strip())
        .findFirst();
  }

  boolean exists(String path) {
    return Files.exists(at(path));
  }

  /** Runs a program with no input. */
  Answer ask(List<String> command) {
    Path output = null;
    try {
      output = Files.createTempFile("warren-doctor", ".txt");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
      return new Answer(ended ? process.exitValue() : 124, text);
    } catch (IOException absent) {
      return new Answer(127, String.valueOf(absent.getMessage()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Answer(124, "interrupted");
    } finally {
      delete(output);
    }
  }

  private static void delete(@org.jspecify.annotations.Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException harmless) {
      // An empty file in /tmp is all that stays.
    }
  }

  private Path at(String path) {
    return root.resolve(path.substring(1));
  }
}
