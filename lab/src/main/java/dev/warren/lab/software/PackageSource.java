package dev.warren.lab.software;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/** Where the packages of hosts come from. */
@FunctionalInterface
public interface PackageSource {
  /**
   * What is to be laid over the machine's folders so that these packages, and all that they depend
   * on, are there. Asked the same again it answers the same, and soon.
   *
   * @param packages their names; at least one
   * @return a folder with {@code usr} and maybe {@code etc}; empty when the machine has all
   * @throws SoftwareException when they cannot be had
   */
  Optional<Path> layer(Collection<String> packages) throws IOException, InterruptedException;
}
