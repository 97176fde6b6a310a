package dev.warren.lab.software;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

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
    return versions().keySet();
  }

  /** The version of each package that is installed; none where there is no dpkg. */
  SortedMap<String, String> versions() throws IOException {
    SortedMap<String, String> versions = new TreeMap<>();
    if (!exists()) {
      return versions;
    }
    String name = "";
    boolean isInstalled = false;
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("Package: ")) {
        name = line.substring("Package: ".length());
        isInstalled = false;
      } else if (line.equals("Status: install ok installed")) {
        isInstalled = true;
        versions.put(name, "");
      } else if (isInstalled && line.startsWith("Version: ")) {
        versions.put(name, line.substring("Version: ".length()));
      }
    }
    return versions;
  }
}
