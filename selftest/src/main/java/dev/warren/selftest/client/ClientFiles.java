package dev.warren.selftest.client;

import dev.warren.lab.tree.Trees;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What lies in the client's private directories, kept so that it can be put back. Used on threads
 * in the client.
 */
final class ClientFiles {
  /** Larger files are not worth the memory. */
  private static final long LARGEST = 4 << 20;

  private final List<Path> roots;
  private final Set<Path> shared;

  /** The file systems that the roots are on: others are of the machine's, shown below them. */
  private final Set<Object> devices = new HashSet<>();

  private final Map<Path, Entry> entries = new LinkedHashMap<>();

  /** What was there, and how it can be made again, if it can. */
  private record Entry(Identity identity, Optional<Content> content) {
    boolean isFolder() {
      return content.isPresent() && content.get() instanceof Content.Folder;
    }
  }

  /** What can be made again. */
  private sealed interface Content {
    final class Bytes implements Content {
      private final byte[] bytes;

      Bytes(byte[] bytes) {
        this.bytes = bytes;
      }
    }

    record Link(Path target) implements Content {}

    record Folder() implements Content {}
  }

  /**
   * What changes with a file.
   *
   * @param device the file system that it is on
   * @param changed its inode, and the time of its last change of any kind, which nobody can set; of
   *     a folder nothing, as what it holds is looked at by itself
   */
  private record Identity(
      Object device, List<Object> changed, Object mode, Object uid, Object gid) {
    static Identity of(Path path, BasicFileAttributes attributes) throws IOException {
      Map<String, Object> all =
          Files.readAttributes(path, "unix:dev,ino,ctime,mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
      return new Identity(
          value(all, "dev"),
          attributes.isDirectory() ? List.of() : List.of(value(all, "ino"), value(all, "ctime")),
          value(all, "mode"),
          value(all, "uid"),
          value(all, "gid"));
    }

    private static Object value(Map<String, Object> all, String name) {
      return all.getOrDefault(name, 0);
    }

    /** Makes the file's owner and permissions these. */
    void give(Path path) throws IOException {
      // In this order: a new owner takes the bits for set-user-ID away.
      Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
      if (!Files.isSymbolicLink(path)) {
        Files.setAttribute(path, "unix:mode", (int) mode & 07777);
      }
    }
  }

  private ClientFiles(List<Path> roots, Set<Path> shared) {
    this.roots = roots;
    this.shared = shared;
  }

  /**
   * Looks at what is there now.
   *
   * @param roots folders that are the client's alone
   * @param shared what below them is not
   */
  static ClientFiles now(List<Path> roots, Set<Path> shared) throws IOException {
    ClientFiles files = new ClientFiles(roots, shared);
    for (Path root : roots) {
      files.devices.add(Identity.of(root, attributes(root)).device());
    }
    for (Path root : roots) {
      Files.walkFileTree(root, files.new Recorder());
    }
    return files;
  }

  /**
   * Makes everything as it was.
   *
   * @throws IOException when something cannot be put back
   */
  void restore() throws IOException {
    Comparer comparer = new Comparer();
    for (Path root : roots) {
      Files.walkFileTree(root, comparer);
    }
    for (Path path : comparer.foreign) {
      Trees.delete(path);
    }
    SortedMap<Path, Entry> lost = new TreeMap<>(entries);
    lost.keySet().removeAll(comparer.same);
    // Sorted: folders before what they hold.
    for (Map.Entry<Path, Entry> entry : lost.entrySet()) {
      putBack(entry.getKey(), entry.getValue());
    }
  }

  private void putBack(Path path, Entry entry) throws IOException {
    Content content =
        entry
            .content()
            .orElseThrow(() -> new IOException("a suite changed " + path + " in the client"));
    switch (content) {
      case Content.Folder() -> {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectory(path);
        }
      }
      case Content.Link(Path target) -> Files.createSymbolicLink(path, target);
      case Content.Bytes file -> Files.write(path, file.bytes);
    }
    entry.identity().give(path);
    entries.put(path, new Entry(Identity.of(path, attributes(path)), entry.content()));
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** Goes through all that is the client's alone. */
  private abstract class Visitor extends SimpleFileVisitor<Path> {
    /** Whether to look at what is in it too. */
    abstract boolean visit(Path path, BasicFileAttributes attributes, Identity identity)
        throws IOException;

    private boolean visit(Path path, BasicFileAttributes attributes) throws IOException {
      Identity identity = Identity.of(path, attributes);
      return devices.contains(identity.device()) && visit(path, attributes, identity);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
        throws IOException {
      return !shared.contains(path) && visit(path, attributes)
          ? FileVisitResult.CONTINUE
          : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
      boolean _ = visit(path, attributes);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }

  private final class Recorder extends Visitor {
    @Override
    boolean visit(Path path, BasicFileAttributes attributes, Identity identity) throws IOException {
      entries.put(path, new Entry(identity, content(path, attributes)));
      return true;
    }

    private static Optional<Content> content(Path path, BasicFileAttributes attributes)
        throws IOException {
      if (attributes.isDirectory()) {
        return Optional.of(new Content.Folder());
      }
      if (attributes.isSymbolicLink()) {
        return Optional.of(new Content.Link(Files.readSymbolicLink(path)));
      }
      return attributes.isRegularFile() && attributes.size() <= LARGEST
          ? Optional.of(new Content.Bytes(Files.readAllBytes(path)))
          : Optional.empty();
    }
  }

  private final class Comparer extends Visitor {
    private final Set<Path> same = new HashSet<>();
    private final Set<Path> foreign = new HashSet<>();

    @Override
    boolean visit(Path path, BasicFileAttributes attributes, Identity identity) {
      Entry was = entries.get(path);
      if (was == null || was.isFolder() != attributes.isDirectory()) {
        foreign.add(path);
        return false;
      }
      if (was.identity().equals(identity)) {
        same.add(path);
      } else if (!attributes.isDirectory()) {
        foreign.add(path);
      }
      return true;
    }
  }
}
