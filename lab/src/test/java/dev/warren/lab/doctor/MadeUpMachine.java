package dev.warren.lab.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A machine of files that a test writes, for what the one that it runs on is not. */
final class MadeUpMachine {
  private static final Machine.Answer ABSENT = new Machine.Answer(127, "no such program");

  private final Path root;
  private final Map<String, String> environment = new HashMap<>(Map.of("PATH", "/usr/bin"));
  private final Map<String, Machine.Answer> answers = new HashMap<>();

  /**
   * @param root an empty folder
   */
  MadeUpMachine(Path root) {
    this.root = root;
  }

  MadeUpMachine with(String file, String text) throws IOException {
    Path path = root.resolve(file.substring(1));
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    return this;
  }

  MadeUpMachine withVariable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** What a command answers. */
  MadeUpMachine withAnswer(String command, int code, String text) {
    answers.put(command, new Machine.Answer(code, text));
    return this;
  }

  Path path(String file) {
    return root.resolve(file.substring(1));
  }

  Machine machine() {
    return new Machine(
        root, environment, command -> answers.getOrDefault(String.join(" ", command), ABSENT));
  }
}
