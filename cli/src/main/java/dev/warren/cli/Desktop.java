package dev.warren.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The desktop of this machine, where there is one. */
final class Desktop {
  private Desktop() {}

  /** Shows a file; false where there is no display, or nothing that shows files. */
  static boolean open(Path file) throws IOException {
    return open(file.toUri().toString());
  }

  /** Shows an address; false where there is no display, or nothing that shows it. */
  static boolean open(String address) throws IOException {
    Optional<ProcessBuilder> command = command(address, System.getenv());
    if (command.isEmpty()) {
      return false;
    }
    command.get().start();
    return true;
  }

  static Optional<ProcessBuilder> command(String address, Map<String, String> environment) {
    boolean display =
        Stream.of("DISPLAY", "WAYLAND_DISPLAY")
            .anyMatch(name -> !environment.getOrDefault(name, "").isEmpty());
    if (!display) {
      return Optional.empty();
    }
    return Stream.of(environment.getOrDefault("PATH", "").split(":"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "xdg-open").toFile())
        .filter(java.io.File::canExecute)
        .findFirst()
        .map(
            program ->
                new ProcessBuilder(program.toString(), address)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD));
  }
}
