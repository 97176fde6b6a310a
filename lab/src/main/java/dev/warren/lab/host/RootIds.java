package dev.warren.lab.host;

import dev.warren.linux.idmap.IdMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The ids that hosts get where the lab's root is the machine's: those that an administrator has set
 * aside for root in subuid(5) and subgid(5), else some that nobody has.
 */
final class RootIds {
  /** As many as distributions give a user. */
  private static final long COUNT = 65536;

  /** What systemd keeps for containers begins here (systemd.io/UIDS-GIDS, "Container UIDs"). */
  private static final long FIRST = 0x80000;

  private static final long NONE = 0xffffffffL;

  private RootIds() {}

  static IdMap users() throws IOException {
    return of(Path.of("/etc/subuid"));
  }

  static IdMap groups() throws IOException {
    return of(Path.of("/etc/subgid"));
  }

  private static IdMap of(Path file) throws IOException {
    List<String> lines =
        Files.exists(file) ? Files.readAllLines(file, EtcFiles.CHARSET) : List.of();
    return of(lines);
  }

  static IdMap of(List<String> lines) {
    return lines.stream()
        .map(String::strip)
        .filter(line -> line.matches("(root|0):[1-9][0-9]{0,9}:[1-9][0-9]{0,9}"))
        .findFirst()
        .map(line -> line.split(":", 3))
        .map(words -> map(Long.parseLong(words[1]), Math.min(COUNT, Long.parseLong(words[2]))))
        .filter(RootIds::isPossible)
        .orElseGet(() -> map(FIRST, COUNT));
  }

  /** Whether all of them are ids: the kernel has 32 bits, and the last number means "none". */
  private static boolean isPossible(IdMap map) {
    return map.ranges().stream().allMatch(range -> range.outside() + range.count() <= NONE);
  }

  private static IdMap map(long first, long count) {
    return new IdMap(List.of(new IdMap.Range(0, first, count)));
  }
}
