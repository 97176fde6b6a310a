package dev.warren.lab.software;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** What dpkg says is installed on the machine. */
final class DpkgStatus {
  private final Path file;

  DpkgStatus(Path file) {
    this.file = file;
  }

  /** Whether the machine has dpkg at all. */
  boolean exists() {
    return Files.exists(file);
  }

  /** Changes whenever a package comes, goes or changes. */
  String digest() throws IOException {
    return Digests.of(Files.readAllBytes(file));
  }

  /** Whether all these packages are installed. */
  boolean hasAll(Collection<String> packages) throws IOException {
    return exists() && installed().containsAll(packages);
  }

  private Set<String> installed() throws IOException {
    Set<String> installed = new HashSet<>();
    String name = "";
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("Package: ")) {
        name = line.substring("Package: ".length());
      } else if (line.equals("Status: install ok installed")) {
        installed.add(name);
      }
    }
    return installed;
  }
}
