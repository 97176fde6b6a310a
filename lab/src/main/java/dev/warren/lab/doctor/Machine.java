package dev.warren.lab.doctor;

import dev.warren.linux.idmap.IdMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The machine as the checks look at it: its files, and what its programs answer.
 *
 * @param root what stands for /
 * @param environment the variables of this process
 * @param programs gives the answers
 */
record Machine(Path root, Map<String, String> environment, Programs programs) {
  /** The C library's, for where no PATH is set. */
  private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

  private static final int PIECE = 1 << 16;

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

  /** What programs answer. */
  @FunctionalInterface
  interface Programs {
    /** Runs one with no input. */
    Answer ask(List<String> command);
  }

  /** This one. */
  static Machine real() {
    return new Machine(Path.of("/"), System.getenv(), Machine::run);
  }

  /** The text of a file, without blanks around; empty when it cannot be read. */
  Optional<String> read(String path) {
    // In large pieces: of a number under /proc/sys there is nothing more after the first read(2).
    try (InputStream file = Files.newInputStream(at(path))) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] piece = new byte[PIECE];
      for (int n = file.read(piece); n >= 0; n = file.read(piece)) {
        bytes.write(piece, 0, n);
      }
      return Optional.of(bytes.toString(StandardCharsets.UTF_8).strip());
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

  /** What a file of shell variables gives to one, as it stands there. */
  Optional<String> assigned(String path, String name) {
    return read(path).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  boolean exists(String path) {
    return Files.exists(at(path));
  }

  /** A variable of the environment that is not empty. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /** The first file of this name in folders; relative ones are passed over. */
  Optional<Path> find(Stream<String> folders, String name) {
    return folders
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> at(folder).resolve(name))
        .filter(Files::exists)
        .findFirst();
  }

  /** A program in PATH. */
  Optional<Path> program(String name) {
    return find(Stream.of(variable("PATH").orElse(USUAL_PATH).split(":", -1)), name);
  }

  /** Where something is mounted below a place, as proc_pid_mountinfo(5) tells. */
  List<String> mountsBelow(String place) {
    return read("/proc/self/mountinfo").stream()
        .flatMap(String::lines)
        .map(line -> line.split(" ", -1))
        .filter(fields -> fields.length > 4 && fields[4].startsWith(place + "/"))
        .map(fields -> fields[4])
        .toList();
  }

  /** A map of user_namespaces(7); without ids where there is none. */
  IdMap idMap(String path) {
    try {
      return IdMap.parse(read(path).stream().flatMap(String::lines).toList());
    } catch (IOException strange) {
      return new IdMap(List.of());
    }
  }

  /** Where a symbolic link leads, those of proc_pid_ns(5) too. */
  Optional<String> link(String path) {
    try {
      return Optional.of(Files.readSymbolicLink(at(path)).toString());
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  Distribution distribution() {
    return Distribution.of(this);
  }

  Container container() {
    return Container.of(this);
  }

  /** The name of the user who asks. */
  String user() {
    return ask(List.of("id", "--user", "--name")).text();
  }

  /** The number of that user, in words. */
  String uid() {
    return ask(List.of("id", "--user")).text();
  }

  /** Runs a program with no input. */
  Answer ask(List<String> command) {
    return programs.ask(command);
  }

  private static Answer run(List<String> command) {
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
