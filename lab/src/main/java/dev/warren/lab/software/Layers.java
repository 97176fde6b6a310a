package dev.warren.lab.software;

import dev.warren.lab.tree.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The layers in a cache. A layer is a folder named for what is in it, and complete as soon as it
 * has its name; a request remembers which layer it led to.
 *
 * <pre>
 * layers/KEY/{usr,etc,...}      layers/.new-KEY while it is built
 * requests/KEY                  the layer's key, or nothing when no layer is needed
 * </pre>
 */
final class Layers {
  private static final String NEW = ".new-";

  private final Path layers;
  private final Path requests;

  Layers(Path cache) throws IOException {
    layers = Files.createDirectories(cache.resolve("layers"));
    requests = Files.createDirectories(cache.resolve("requests"));
  }

  /** What a request led to: a layer, or none because nothing was missing. */
  record Answer(Optional<Path> layer) {}

  /** Fills a new layer. */
  @FunctionalInterface
  interface Filler {
    void fill(Path folder) throws IOException, InterruptedException;
  }

  /** The answer to an earlier request, when it still holds. */
  Optional<Answer> recall(String request) throws IOException {
    Path file = requests.resolve(request);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String key = Files.readString(file).strip();
    if (key.isEmpty()) {
      return Optional.of(new Answer(Optional.empty()));
    }
    return find(key).map(layer -> new Answer(Optional.of(layer)));
  }

  /** Remembers the answer to a request. */
  void remember(String request, Answer answer) throws IOException {
    String key = answer.layer().map(layer -> layer.getFileName().toString()).orElse("");
    Path draft = Files.writeString(requests.resolve(NEW + request), key + "\n");
    Files.move(draft, requests.resolve(request), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The layer with this key, when it is there. */
  Optional<Path> find(String key) {
    return Optional.of(layers.resolve(key)).filter(Files::isDirectory);
  }

  /** The layer with this key, made by {@code filler} when it is not there. Needs the lock. */
  Path layer(String key, Filler filler) throws IOException, InterruptedException {
    Path layer = layers.resolve(key);
    if (Files.isDirectory(layer)) {
      return layer;
    }
    removeDrafts();
    Path draft = layers.resolve(NEW + key);
    Files.createDirectory(draft);
    Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
    try {
      filler.fill(draft);
      Files.move(draft, layer, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      removeDrafts();
    }
    return layer;
  }

  /** Removes what a build left that did not come to its end. */
  private void removeDrafts() throws IOException {
    List<Path> drafts;
    try (Stream<Path> entries = Files.list(layers)) {
      drafts = entries.filter(entry -> entry.getFileName().toString().startsWith(NEW)).toList();
    }
    for (Path draft : drafts) {
      Trees.delete(draft);
    }
  }
}
