package dev.warren.lab.software;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which versions of packages hosts see. */
public final class SoftwareVersions {
  private static final Path DPKG_STATUS = Path.of("/var/lib/dpkg/status");

  private final SortedMap<String, String> machine;
  private final SortedMap<String, String> layer;

  private SoftwareVersions(SortedMap<String, String> machine, SortedMap<String, String> layer) {
    this.machine = machine;
    this.layer = layer;
  }

  /**
   * What the machine has installed, as dpkg says, and what lies over it.
   *
   * @param layer a folder that {@link Software#layer} gave, when there is one
   */
  public static SoftwareVersions read(Optional<Path> layer) throws IOException {
    return read(layer, DPKG_STATUS);
  }

  static SoftwareVersions read(Optional<Path> layer, Path statusFile) throws IOException {
    SortedMap<String, String> archives = new TreeMap<>();
    if (layer.isPresent()) {
      for (String archive : Files.readAllLines(layer.get().resolve(Software.CONTENT))) {
        // NAME_VERSION_ARCHITECTURE.deb; no part has an underscore.
        String[] parts = archive.split("_", 3);
        archives.put(parts[0], parts.length > 1 ? parts[1].replace("%3a", ":") : "");
      }
    }
    return new SoftwareVersions(new DpkgStatus(statusFile).versions(), archives);
  }

  /**
   * The versions of these packages, and of all in the layer.
   *
   * @return empty when one of them is neither installed nor in the layer: nobody can tell when it
   *     changes
   */
  public Optional<SortedMap<String, String>> of(Collection<String> packages) {
    SortedMap<String, String> versions = new TreeMap<>();
    for (String name : packages) {
      String version = machine.get(name);
      if (version != null) {
        versions.put(name, version);
      }
    }
    versions.putAll(layer);
    return versions.keySet().containsAll(packages) ? Optional.of(versions) : Optional.empty();
  }

  /**
   * Which of these packages are neither installed nor in the layer; none where there is no dpkg.
   */
  public SortedSet<String> missing(Collection<String> packages) {
    SortedSet<String> missing = new TreeSet<>();
    if (!machine.isEmpty()) {
      missing.addAll(packages);
      missing.removeAll(machine.keySet());
      missing.removeAll(layer.keySet());
    }
    return missing;
  }

  /**
   * Changes whenever a package of the machine comes, goes or changes: programs of the layer use
   * what lies below.
   */
  public String machine() {
    return Digests.of(machine.toString());
  }
}
