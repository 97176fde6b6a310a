package dev.warren.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What not every machine has, in the words of examples' pages. */
final class Needs {
  /** Where programs for servers are that are not in everybody's PATH. */
  private static final List<String> FURTHER = List.of("/usr/sbin", "/sbin", "/usr/lib/frr");

  private Needs() {}

  static boolean isMet(String need) throws IOException {
    if (need.startsWith("program ")) {
      return hasProgram(need.substring("program ".length()));
    }
    return switch (need) {
      case "several ids" -> severalIds();
      case "root" -> isInitialUserNamespace();
      case "cgroups" -> isInitialUserNamespace() && canWriteCgroups();
      default -> throw new IllegalArgumentException("no page can need \"" + need + "\"");
    };
  }

  private static boolean hasProgram(String name) {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)), FURTHER.stream())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  /** Lines of uid_map(5) are: inside, outside, how many. */
  private static boolean severalIds() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/uid_map")).stream()
            .mapToLong(line -> Long.parseLong(line.strip().split(" +", -1)[2]))
            .sum()
        >= 65536;
  }

  private static boolean isInitialUserNamespace() throws IOException {
    return Files.readString(Path.of("/proc/self/uid_map"))
        .strip()
        .replaceAll(" +", " ")
        .equals("0 0 4294967295");
  }

  private static boolean canWriteCgroups() {
    return Stream.of("/sys/fs/cgroup", "/sys/fs/cgroup/memory", "/sys/fs/cgroup/pids")
        .map(Path::of)
        .anyMatch(folder -> Files.isDirectory(folder) && Files.isWritable(folder));
  }
}
