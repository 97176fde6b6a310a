package dev.warren.linux.idmap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The uids that a user namespace knows, as /proc/PID/uid_map tells (user_namespaces(7)).
 *
 * @param ranges in the file's order
 */
public record IdMap(List<Range> ranges) {
  /** How many ids the machine's own user namespace has: all but the last, which means "none". */
  private static final long ALL = 0xffffffffL;

  /**
   * Ids that lie side by side.
   *
   * @param inside the first id as the namespace sees it
   * @param outside the first id as the parent namespace sees it
   * @param count how many
   */
  public record Range(long inside, long outside, long count) {}

  /** Copies the ranges. */
  public IdMap {
    ranges = List.copyOf(ranges);
  }

  /** The map of uids of this process. */
  public static IdMap ofUsers() throws IOException {
    return parse(Files.readAllLines(Path.of("/proc/self/uid_map")));
  }

  static IdMap parse(List<String> lines) throws IOException {
    try {
      return new IdMap(
          lines.stream()
              .map(line -> line.strip().split("\\s+"))
              .map(
                  words ->
                      new Range(
                          Long.parseLong(words[0]),
                          Long.parseLong(words[1]),
                          Long.parseLong(words[2])))
              .toList());
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException malformed) {
      throw new IOException("not an id map: " + lines, malformed);
    }
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
