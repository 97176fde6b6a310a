package dev.warren.selftest.snapshot;

import dev.warren.lab.Host;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is in the /etc of a host, and by what each is told from a changed one. Most of it is the
 * machine's: a snapshot holds only what a set-up has changed.
 *
 * @param entries by path, absolute
 */
public record EtcListing(SortedMap<String, String> entries) {
  private static final Path ETC = Path.of("/etc");

  /** Reads it; folders that the host's root may not read are left out. */
  public static EtcListing of(Host host) throws IOException {
    Visitor visitor = new Visitor();
    host.run(() -> Files.walkFileTree(ETC, visitor));
    return new EtcListing(visitor.entries);
  }

  /** What is new here or another than before. */
  List<String> changedSince(EtcListing before) {
    return entries.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(before.entries.get(entry.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What was there before and is not here. */
  List<String> removedSince(EtcListing before) {
    return before.entries.keySet().stream().filter(path -> !entries.containsKey(path)).toList();
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final SortedMap<String, String> entries = new TreeMap<>();

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      // Its times change with what is in it.
      return add(folder, "unix:mode,uid,gid");
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      // Nobody can set the time of the last change (ctime) back.
      return add(file, "unix:mode,uid,gid,size,ctime");
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return FileVisitResult.CONTINUE;
    }

    private FileVisitResult add(Path path, String attributes) throws IOException {
      Map<String, Object> values =
          new TreeMap<>(Files.readAttributes(path, attributes, LinkOption.NOFOLLOW_LINKS));
      entries.put(path.toString(), values.toString());
      return FileVisitResult.CONTINUE;
    }
  }
}
