package dev.warren.lab.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the interfaces of a process's network have received and sent (proc(5), /proc/PID/net/dev).
 */
final class NetworkCounters {
  /** Places of the bytes among a line's numbers. */
  private static final int RECEIVED = 0;

  private static final int SENT = 8;

  private NetworkCounters() {}

  /** By the interface's name, without lo; nothing when the process has ended. */
  static Map<String, LabAnswer.Traffic> of(long pid) {
    try {
      return parse(Files.readAllLines(Path.of("/proc/%d/net/dev".formatted(pid))));
    } catch (IOException gone) {
      return Map.of();
    }
  }

  static Map<String, LabAnswer.Traffic> parse(List<String> lines) {
    Map<String, LabAnswer.Traffic> traffic = new TreeMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      String[] numbers = line.substring(colon + 1).strip().split("\\s+", -1);
      if (colon > 0 && numbers.length > SENT) {
        traffic.put(
            line.substring(0, colon).strip(),
            new LabAnswer.Traffic(
                Long.parseLong(numbers[RECEIVED]), Long.parseLong(numbers[SENT])));
      }
    }
    traffic.remove("lo");
    return traffic;
  }
}
