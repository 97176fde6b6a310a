package dev.warren.selftest.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A software layer of links: what hosts find where programs look for it, though it lies elsewhere.
 * Each lab has its own, among what goes with it.
 */
final class LinkLayer {
  private LinkLayer() {}

  /**
   * Makes one.
   *
   * @param folder where it is to be; not there yet
   * @param links the path in the hosts, below /usr, and what it leads to
   */
  static Path make(Path folder, Map<Path, Path> links) throws IOException {
    for (Map.Entry<Path, Path> link : links.entrySet()) {
      Path place = folder.resolve(link.getKey().toString().substring(1));
      Files.createDirectories(place.resolveSibling(""));
      Files.createSymbolicLink(place, link.getValue());
    }
    return folder;
  }
}
