package dev.warren.lab.plan;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** Shows many paths by few mounts. */
final class Gathering {
  private Gathering() {}

  /**
   * The folders that hold all paths, one for each entry of a directory that they begin with; a path
   * that is alone there stays itself.
   *
   * @param directory the directory above them all, which is not among the results
   * @param paths below it
   */
  static List<Path> below(Path directory, Collection<Path> paths) {
    TreeMap<Path, Path> byEntry = new TreeMap<>();
    for (Path path : paths) {
      Path entry = path.subpath(0, directory.getNameCount() + 1);
      byEntry.merge(entry, path, Gathering::commonAncestor);
    }
    return List.copyOf(byEntry.values());
  }

  /** These paths less those that lie in another of them. */
  static List<Path> apart(Collection<Path> paths) {
    return paths.stream()
        .distinct()
        .filter(
            path ->
                paths.stream().noneMatch(other -> !other.equals(path) && path.startsWith(other)))
        .sorted()
        .toList();
  }

  private static Path commonAncestor(Path a, Path b) {
    int length = 0;
    int most = Math.min(a.getNameCount(), b.getNameCount());
    while (length < most && a.getName(length).equals(b.getName(length))) {
      length++;
    }
    return Path.of("/").resolve(a.subpath(0, length));
  }
}
