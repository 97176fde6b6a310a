package dev.warren.lab.host;

import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.namespace.NamespaceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a process goes into a host that has a user namespace of its own.
 *
 * @param command the machine's nsenter, which becomes what was asked for
 * @param environment for all of it
 */
record Entrance(List<String> command, Map<String, String> environment) {
  private static final Path ROOT = Path.of("/");

  /** Who is inside goes to its directory, and sets variables that nsenter must not have. */
  private static final String GO = "cd -- \"$1\" && shift && exec env \"$@\"";

  /**
   * The way in; for a thread inside.
   *
   * @param arguments the program, by its path or by a name that PATH leads to, and its arguments
   * @param variables what it gets
   * @param directory where it starts
   */
  static Entrance into(
      HostNamespaces namespaces,
      List<String> arguments,
      Map<String, String> variables,
      Path directory)
      throws IOException {
    Map<String, String> environment = new HashMap<>(variables);
    List<String> kept = new ArrayList<>();
    variables.forEach(
        (name, value) -> {
          // The machine's loader would heed them (ld.so(8)), for paths that are the host's.
          if (name.startsWith("LD_")) {
            environment.remove(name);
            kept.add(name + "=" + value);
          }
        });
    Map<NamespaceKind, Descriptor> others = new EnumMap<>(NamespaceKind.class);
    for (NamespaceKind kind : NamespaceKind.values()) {
      if (namespaces.has(kind)) {
        others.put(kind, namespaces.file(kind));
      }
    }
    List<String> command = new ArrayList<>(namespaces.enclosure().orElseThrow().nsenter(others));
    if (!directory.equals(ROOT) || !kept.isEmpty()) {
      if (!Files.isDirectory(directory)) {
        throw new IOException("start %s: no folder %s".formatted(arguments.getFirst(), directory));
      }
      command.addAll(List.of("/bin/sh", "-c", GO, "warren", directory.toString()));
      command.addAll(kept);
    }
    command.addAll(arguments);
    return new Entrance(command, environment);
  }
}
