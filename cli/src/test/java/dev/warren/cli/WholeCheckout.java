package dev.warren.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A checkout whose launcher runs this very build: its JDK is a script that starts Java with the
 * class path of the tests, so that nothing has to be packaged first.
 */
final class WholeCheckout {
  private static final String JAVA =
      """
      #!/bin/sh
      turns=$#
      while [ "$turns" -gt 0 ]; do
        turns=$((turns - 1))
        case $1 in
          --module-path) turns=$((turns - 1)) && shift 2 ;;
          --module) turns=$((turns - 1)) && shift 2 && set -- "$@" -cp '@CLASSPATH@' dev.warren.cli.Main ;;
          --enable-native-access=*) shift && set -- "$@" --enable-native-access=ALL-UNNAMED ;;
          *) set -- "$@" "$1" && shift ;;
        esac
      done
      exec '@JAVA@' "$@"
      """;

  private final Checkout launcher;
  private final Path home;
  private final Path jdk;
  private final Path temporary;

  private WholeCheckout(Checkout launcher, Path home, Path jdk, Path temporary) {
    this.launcher = launcher;
    this.home = home;
    this.jdk = jdk;
    this.temporary = temporary;
  }

  /**
   * @param folder an empty one
   */
  static WholeCheckout make(Path folder) throws IOException {
    Path home = Files.createDirectory(folder.resolve("home"));
    Checkout launcher = Checkout.make(home);
    Path built = Files.createDirectories(home.resolve("target/launcher/current"));
    Files.createFile(built.resolve("stamp"));
    Files.createDirectory(built.resolve("lib"));
    copy(Path.of("").toAbsolutePath().resolveSibling("examples"), home.resolve("examples"));
    Path jdk = folder.resolve("jdk");
    Path programs = Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25\"\n");
    for (String program : List.of("java", "javac")) {
      Path java = Path.of(System.getProperty("java.home"), "bin", program);
      Path file =
          Files.writeString(
              programs.resolve(program),
              JAVA.replace("@CLASSPATH@", System.getProperty("java.class.path"))
                  .replace("@JAVA@", java.toString()));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return new WholeCheckout(launcher, home, jdk, Files.createDirectory(folder.resolve("tmp")));
  }

  /** Its root: {@code ./warren} is there, and the examples. */
  Path home() {
    return home;
  }

  /** Where the launcher looks for running labs. */
  Path runtime() {
    return launcher.runtime();
  }

  /** The names of the labs that run. */
  List<String> runningLabs() throws IOException {
    if (!Files.exists(runtime())) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(runtime())) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .toList();
    }
  }

  /** Starts a command in the root, without input, its output and errors to a file. */
  Process start(List<String> command, Map<String, String> variables, Path output)
      throws IOException {
    List<String> line = new ArrayList<>(Checkout.DEFAULT_SIGNALS);
    line.addAll(command);
    Map<String, String> environment = new HashMap<>();
    environment.put(
        "XDG_RUNTIME_DIR",
        Objects.requireNonNull(runtime().getParent(), "it lies in a folder").toString());
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("TMPDIR", temporary.toString());
    environment.put("TERM", "dumb");
    environment.put("NO_COLOR", "1");
    environment.put("LC_ALL", "C.UTF-8");
    environment.putAll(variables);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(home.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(output.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
