package dev.warren.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The launcher as it stands in a checkout, with what it needs to enter hosts and no more. */
final class Checkout {
  /** A build that was started in the background ignores these, and what it starts inherits that. */
  static final List<String> DEFAULT_SIGNALS = List.of("env", "--default-signal=HUP,INT,QUIT");

  private final Path home;
  private final Path runtime;

  private Checkout(Path home, Path runtime) {
    this.home = home;
    this.runtime = runtime;
  }

  /**
   * @param folder an empty one
   */
  static Checkout make(Path folder) throws IOException {
    Path module = Path.of("").toAbsolutePath();
    Path scripts = Files.createDirectories(folder.resolve("cli/src/main/sh"));
    Files.copy(module.resolveSibling("warren"), folder.resolve("warren"));
    try (Stream<Path> files = Files.list(module.resolve("src/main/sh"))) {
      for (Path file : files.toList()) {
        Files.copy(file, scripts.resolve(file.getFileName()));
      }
    }
    return new Checkout(folder, Files.createDirectory(folder.resolve("run")));
  }

  /** Its root: {@code ./warren} is there. */
  Path home() {
    return home;
  }

  /** Where the launcher looks for running labs. */
  Path runtime() {
    return runtime.resolve("warren");
  }

  /**
   * A command line of the launcher, in quotes for a shell that becomes the launcher: one that
   * stayed would get a terminal's signals too, and not every shell does without a fork for the last
   * command of {@code -c}.
   */
  String line(String... arguments) {
    StringBuilder line = new StringBuilder("exec ").append(home.resolve("warren"));
    for (String argument : arguments) {
      line.append(" '").append(argument.replace("'", "'\\''")).append('\'');
    }
    return line.toString();
  }

  Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(home.resolve("warren").toString()));
    command.addAll(List.of(arguments));
    return start(command, Map.of());
  }

  Process start(List<String> command, Map<String, String> variables) throws IOException {
    List<String> line = new ArrayList<>(DEFAULT_SIGNALS);
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().put("XDG_RUNTIME_DIR", runtime.toString());
    builder.environment().putAll(variables);
    return builder.start();
  }

  /** A command of this very build, without the launcher, in a JVM of its own. */
  ProcessBuilder inAnotherJvm(String... arguments) {
    List<String> line = new ArrayList<>(DEFAULT_SIGNALS);
    line.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Dwarren.runtime=" + runtime(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line);
  }

  /** Runs the launcher to its end, with no input. */
  Result run(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    process.getOutputStream().close();
    return result(process);
  }

  /** Everything that the process still writes, and its exit code. */
  static Result result(Process process) throws IOException, InterruptedException {
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .replace("\r", "");
    return new Result(process.waitFor(), text);
  }

  /**
   * How a command ended.
   *
   * @param text its output and its errors
   */
  record Result(int code, String text) {}
}
