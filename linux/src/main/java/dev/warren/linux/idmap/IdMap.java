package dev.warren.linux.idmap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The uids or gids that a user namespace knows, as /proc/PID/uid_map and gid_map tell
 * (user_namespaces(7)).
 *
 * @param ranges in the file's order
 */
public record IdMap(List<Range> ranges) {
  /** How many ids the machine's own user namespace has: all but the last, which means "none". */
  private static final long ALL = 0xffffffffL;

  private static final Pattern LINE =
      Pattern.compile(" *([0-9]{1,10}) +([0-9]{1,10}) +([0-9]{1,10})");

  /**
   * Ids that lie side by side.
   *
   * @param inside the first id as the namespace sees it
   * @param outside the first id as the parent namespace sees it
   * @param count how many
   */
  public record Range(long inside, long outside, long count) {
    private boolean overlaps(Range other) {
      return inside < other.inside + other.count && other.inside < inside + count;
    }
  }

  /** Copies the ranges. */
  public IdMap {
    ranges = List.copyOf(ranges);
  }

  /** The map of uids of this process. */
  public static IdMap ofUsers() throws IOException {
    return read("self", "uid_map");
  }

  /** The map of gids of this process. */
  public static IdMap ofGroups() throws IOException {
    return read("self", "gid_map");
  }

  /** The map of uids of a process. */
  public static IdMap ofUsers(long pid) throws IOException {
    return read(Long.toString(pid), "uid_map");
  }

  /** The map of gids of a process. */
  public static IdMap ofGroups(long pid) throws IOException {
    return read(Long.toString(pid), "gid_map");
  }

  private static IdMap read(String process, String file) throws IOException {
    return parse(Files.readAllLines(Path.of("/proc", process, file)));
  }

  /** Whether the namespace knows an id. */
  public boolean contains(long id) {
    return outside(id).isPresent();
  }

  /** What an id of the namespace is in the parent namespace; empty when it has no such id. */
  public OptionalLong outside(long inside) {
    return ranges.stream()
        .filter(range -> isIn(inside, range.inside(), range.count()))
        .mapToLong(range -> range.outside() + inside - range.inside())
        .findFirst();
  }

  /** What an id of the parent namespace is in this one; empty when it is none of its ids. */
  public OptionalLong inside(long outside) {
    return ranges.stream()
        .filter(range -> isIn(outside, range.outside(), range.count()))
        .mapToLong(range -> range.inside() + outside - range.outside())
        .findFirst();
  }

  private static boolean isIn(long id, long first, long count) {
    return id >= first && id - first < count;
  }

  /** The map of a child namespace that has all ids of this one as they are. */
  public IdMap same() {
    return new IdMap(
        ranges.stream()
            .map(range -> new Range(range.inside(), range.inside(), range.count()))
            .toList());
  }

  /** What is written to /proc/PID/uid_map or gid_map, in one go, to give a namespace this map. */
  public String text() {
    return ranges.stream()
        .map(range -> "%d %d %d\n".formatted(range.inside(), range.outside(), range.count()))
        .collect(Collectors.joining());
  }

  /**
   * Reads the lines of uid_map or gid_map.
   *
   * @throws IOException when they are none that the kernel writes
   */
  public static IdMap parse(List<String> lines) throws IOException {
    List<Range> ranges = new ArrayList<>();
    for (String line : lines) {
      Matcher words = LINE.matcher(line);
      if (!words.matches()) {
        throw new IOException("not an id map: " + lines);
      }
      Range range =
          new Range(
              Long.parseLong(words.group(1)),
              Long.parseLong(words.group(2)),
              Long.parseLong(words.group(3)));
      // Outside may be "none", where the reader's own namespace has no such ids.
      if (range.count() == 0
          || range.inside() + range.count() > ALL
          || range.outside() > ALL
          || ranges.stream().anyMatch(range::overlaps)) {
        throw new IOException("not an id map: " + lines);
      }
      ranges.add(range);
    }
    return new IdMap(ranges);
  }

  /** How many ids there are in all: 4294967295 for the machine's own root, often 65536, or 1. */
  public long size() {
    return ranges.stream().mapToLong(Range::count).sum();
  }

  /**
   * Whether this is the machine's own user namespace, where nothing is mapped to something else.
   */
  public boolean isInitial() {
    return ranges.equals(List.of(new Range(0, 0, ALL)));
  }
}
