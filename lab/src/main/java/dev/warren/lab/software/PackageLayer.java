package dev.warren.lab.software;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Asks a {@link PackageSource} where only an IOException can be thrown. */
public final class PackageLayer {
  private PackageLayer() {}

  /**
   * The layer of these packages.
   *
   * @return empty when none are wanted, or the machine has all
   * @throws InterruptedIOException when interrupted; the thread stays so
   */
  public static Optional<Path> of(Collection<String> packages, PackageSource source)
      throws IOException {
    if (packages.isEmpty()) {
      return Optional.empty();
    }
    try {
      return source.layer(packages);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while packages were fetched");
    }
  }

  /** One folder of that layer, {@code usr} or {@code etc}; none where the layer has none. */
  public static List<Path> folder(String name, Collection<String> packages, PackageSource source)
      throws IOException {
    return of(packages, source)
        .map(layer -> layer.resolve(name))
        .filter(Files::isDirectory)
        .stream()
        .toList();
  }
}
