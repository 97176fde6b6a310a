package dev.warren.linux.process;

import dev.warren.linux.kernel.Descriptor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program to start.
 *
 * @param arguments the program, by path or by a name that is looked up in PATH of {@code
 *     environment}, and its arguments
 * @param environment all of its environment
 * @param directory where it starts
 * @param stdin its descriptor 0
 * @param stdout its descriptor 1
 * @param stderr its descriptor 2
 * @param inherited its descriptors 3, 4, ...; all others are closed
 * @param session whether it leads a session (and a process group) of its own
 * @param terminal a terminal that it opens as its descriptors 0, 1 and 2 instead of those above,
 *     and that becomes the controlling one of its session
 */
public record SpawnRequest(
    List<String> arguments,
    Map<String, String> environment,
    Path directory,
    int stdin,
    int stdout,
    int stderr,
    List<Integer> inherited,
    boolean session,
    Optional<Path> terminal) {
  /** Copies, and checks what exec(2) could not carry. */
  public SpawnRequest {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
    inherited = List.copyOf(inherited);
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("a command needs a program");
    }
    if (terminal.isPresent() && !session) {
      throw new IllegalArgumentException("only a session's leader gets a controlling terminal");
    }
    arguments.forEach(SpawnRequest::requireNoNul);
    environment.forEach(
        (name, value) -> {
          requireNoNul(name);
          requireNoNul(value);
          if (name.isEmpty() || name.contains("=")) {
            throw new IllegalArgumentException("not a variable's name: '" + name + "'");
          }
        });
  }

  /** With descriptors that somebody owns. */
  public static SpawnRequest of(
      List<String> arguments,
      Map<String, String> environment,
      Path directory,
      Descriptor stdin,
      Descriptor stdout,
      Descriptor stderr) {
    return new SpawnRequest(
        arguments,
        environment,
        directory,
        stdin.number(),
        stdout.number(),
        stderr.number(),
        List.of(),
        true,
        Optional.empty());
  }

  /** The same with other descriptors 3, 4, ... */
  public SpawnRequest withInherited(List<Integer> others) {
    return new SpawnRequest(
        arguments, environment, directory, stdin, stdout, stderr, others, session, terminal);
  }

  private static void requireNoNul(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a NUL in '" + text.replace("\0", "\\0") + "'");
    }
  }
}
