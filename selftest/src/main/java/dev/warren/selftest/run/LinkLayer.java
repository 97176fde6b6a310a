package dev.warren.selftest.run;

import dev.warren.lab.tree.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A software layer of links: what hosts find where programs look for it, though it lies elsewhere.
 */
final class LinkLayer {
  private LinkLayer() {}

  /**
   * The layer with these links, made where it is not there yet. Several Warrens may share it.
   *
   * @param cache where it is kept
   * @param links the path in the hosts, below /usr, and what it leads to
   */
  static Path of(Path cache, Map<Path, Path> links) throws IOException {
    Path layers = Files.createDirectories(cache.resolve("links"));
    // The same links, the same layer: nothing of it is ever changed.
    Path layer = layers.resolve(UUID.nameUUIDFromBytes(name(links)).toString());
    if (Files.isDirectory(layer)) {
      return layer;
    }
    Path draft = Files.createTempDirectory(layers, "draft");
    try {
      Files.setAttribute(draft, "unix:mode", 0755);
      for (Map.Entry<Path, Path> link : links.entrySet()) {
        Path place = draft.resolve(link.getKey().toString().substring(1));
        Files.createDirectories(place.resolveSibling(""));
        Files.createSymbolicLink(place, link.getValue());
      }
      Files.move(draft, layer, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Another Warren may have been faster: its layer is the same.
      if (!Files.isDirectory(layer)) {
        throw e;
      }
    } finally {
      if (Files.exists(draft)) {
        Trees.delete(draft);
      }
    }
    return layer;
  }

  private static byte[] name(Map<Path, Path> links) {
    return new TreeMap<>(links).toString().getBytes(StandardCharsets.UTF_8);
  }
}
