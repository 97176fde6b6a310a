package dev.warren.selftest.testenv;

import java.util.List;

/**
 * The client: the lab's root, where suites run that do not run in a server's host.
 *
 * @param host its host; where it asks a testenv for names that is not in the lab, it asks the lab
 * @param files what is written into it
 * @param packages the Debian packages that suites use
 */
public record ClientDefinition(
    HostDefinition host, List<FileTemplate> files, List<String> packages) {
  /** Copies the lists. */
  public ClientDefinition {
    files = List.copyOf(files);
    packages = List.copyOf(packages);
  }
}
