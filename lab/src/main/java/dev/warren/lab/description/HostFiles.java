package dev.warren.lab.description;

import java.nio.file.Path;
import java.util.List;

/**
 * What a host has on its file system that the machine has not.
 *
 * @param privateDirectories directories that start empty and are seen by this host alone
 * @param files what is written into it
 */
public record HostFiles(List<Path> privateDirectories, List<FileDescription> files) {

  /** Copies the lists and checks every value. */
  public HostFiles {
    privateDirectories = List.copyOf(privateDirectories);
    files = List.copyOf(files);
    privateDirectories.forEach(Checks::privateDirectory);
  }
}
