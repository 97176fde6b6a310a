package dev.warren.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A catalogue with one testenv, and plans for it. */
final class RunFiles {
  private RunFiles() {}

  /** Writes the catalogue into a folder. */
  static void catalogue(Path folder) throws IOException {
    Path catalogue = Files.createDirectory(folder.resolve("catalogue"));
    Files.writeString(
        catalogue.resolve("catalogue.yaml"),
        """
        summary: For tests
        client: {name: client, interfaces: [11]}
        """);
    Files.writeString(
        catalogue.resolve("server.yaml"),
        """
        summary: A server
        host: {name: www, interface: 30}
        provision:
          - {step: make the site, run: sleep 1}
        services:
          - {name: httpd, run: exec sleep 600}
        exports: {ADDRESS: "${HOST_IP}"}
        """);
  }

  /** A suite of the testenv. */
  static String suite(String name, String command) {
    return "-- TEST --\n%s\nserver\n%s\n".formatted(name, command);
  }

  /** The arguments that run a plan; results go to {@code st}. */
  static String[] command(Path folder, String plan, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("p.plan"), plan);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "test",
                "--software=installed",
                // What is seen of a set-up is to be seen each time, and is nobody's to keep.
                "--no-snapshots",
                "--catalogue=" + folder.resolve("catalogue"),
                "--results=" + folder.resolve("st")));
    arguments.addAll(List.of(options));
    arguments.add(file.toString());
    return arguments.toArray(String[]::new);
  }
}
