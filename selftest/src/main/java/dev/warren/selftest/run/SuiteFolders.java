package dev.warren.selftest.run;

import dev.warren.lab.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The fresh folders in which commands run, with a copy of what the catalogue puts there. */
final class SuiteFolders {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Host client;
  private final Optional<Path> content;
  private int number;

  /**
   * Folders that client and hosts see alike.
   *
   * @param content what each one holds at first, inside of the catalogue's folder
   */
  SuiteFolders(Host client, Optional<Path> content) {
    this.client = client;
    this.content = content;
  }

  /** A new folder, writable for everybody as /tmp is. */
  Path create() throws IOException, InterruptedException {
    Path folder = LabPaths.SUITES.resolve(String.valueOf(++number));
    String copy =
        content
            .map(inside -> "cp -R -- '" + LabPaths.CATALOGUE.resolve(inside) + "/.' \"$FOLDER\"; ")
            .orElse("");
    run("mkdir -p \"$FOLDER\"; " + copy + "chmod 1777 \"$FOLDER\"", folder);
    return folder;
  }

  /** Removes a folder: what it holds is memory. */
  void remove(Path folder) throws IOException, InterruptedException {
    run("rm -rf -- \"$FOLDER\"", folder);
  }

  private void run(String script, Path folder) throws IOException, InterruptedException {
    Scripts.Outcome outcome =
        Scripts.run(client, script, Map.of("FOLDER", folder.toString()), Path.of("/"), LIMIT);
    if (!outcome.isOk()) {
      throw new IOException(
          "the suite's folder %s: %s".formatted(folder, outcome.output().strip()));
    }
  }
}
