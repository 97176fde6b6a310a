package dev.warren.selftest.run;

import dev.warren.lab.software.SoftwareVersions;
import dev.warren.selftest.build.BuildTree;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Looks whether the machine has a lab's packages, where its hosts see no other software. */
final class InstalledPackages {
  private InstalledPackages() {}

  /**
   * Looks for all of them; for none where dpkg keeps no books.
   *
   * @throws PartMissingException when one is not installed
   */
  static void check(LabAssembly assembly) throws IOException, PartMissingException {
    SortedSet<String> wanted = new TreeSet<>(assembly.packages());
    Optional<BuildTree> tree = assembly.catalogue().buildTree();
    tree.ifPresent(built -> wanted.removeAll(built.replaces()));
    SortedSet<String> missing = SoftwareVersions.read(Optional.empty()).missing(wanted);
    if (!missing.isEmpty()) {
      throw new PartMissingException(
          assembly.name(), "what `apt-get install %s` brings".formatted(String.join(" ", missing)));
    }
  }
}
