package dev.warren.lab.description;

import java.nio.file.Path;
import java.util.List;

/**
 * What a host has on its file system that the machine has not.
 *
 * @param privateDirectories directories that start empty and are seen by this host alone
 * @param files what is written into it
 * @param packages Debian packages whose programs it has besides the machine's, in any order
 */
public record HostFiles(
    List<Path> privateDirectories, List<FileDescription> files, List<String> packages) {

  /** Copies the lists and checks every value. */
  public HostFiles {
    privateDirectories = List.copyOf(privateDirectories);
    files = List.copyOf(files);
    packages = List.copyOf(packages);
    packages.forEach(Checks::packageName);
    privateDirectories.forEach(Checks::privateDirectory);
  }
}
