package dev.warren.cli;

import dev.warren.lab.software.Software;
import dev.warren.lab.software.SoftwareChoice;
import dev.warren.lab.software.SoftwareException;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What not every machine has, in the words of examples' pages. */
final class Needs {
  /** Where programs for servers are that are not in everybody's PATH. */
  private static final List<String> FURTHER = List.of("/usr/sbin", "/sbin", "/usr/lib/frr");

  private Needs() {}

  /** Why this machine cannot do what a page needs; empty when it can. */
  static Optional<String> missing(String need) throws IOException, InterruptedException {
    List<String> words = List.of(need.split(" ", -1));
    List<String> names = words.subList(1, words.size());
    if (words.getFirst().equals("packages")) {
      return missingPackages(names);
    }
    boolean met =
        switch (words.getFirst()) {
          case "program" -> names.stream().allMatch(Needs::hasProgram);
          case "several" -> severalIds();
          case "linux" -> hasKernel(Version.parse(names.getFirst()));
          case "root" -> isInitialUserNamespace();
          case "cgroups" -> isInitialUserNamespace() && canWriteCgroups() && mayUseCgroups();
          default -> throw new IllegalArgumentException("no page can need \"" + need + "\"");
        };
    return met ? Optional.empty() : Optional.of("this machine lacks: " + need);
  }

  /** Fetches them where neither the machine nor the cache has them, as the lab would. */
  private static Optional<String> missingPackages(List<String> names)
      throws IOException, InterruptedException {
    if (!Files.exists(Path.of("/var/lib/dpkg/status"))) {
      return Optional.of("this machine has no Debian packages");
    }
    Path cache = Software.defaultCache(System.getenv());
    try {
      new Software(cache, _ -> {}).layer(names, SoftwareChoice.AUTO);
      return Optional.empty();
    } catch (SoftwareException failed) {
      return Optional.of(String.valueOf(failed.getMessage()));
    }
  }

  private static boolean hasProgram(String name) {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)), FURTHER.stream())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  /** A release is a version and, behind a hyphen or a plus sign, what its maker calls it. */
  private static boolean hasKernel(Version oldest) {
    String release = System.getProperty("os.version");
    return Version.parse(release.split("[^0-9.]", 2)[0]).compareTo(oldest) >= 0;
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

  /** Those that somebody manages are left alone unless it is said that they need not be. */
  private static boolean mayUseCgroups() throws IOException {
    return "1".equals(System.getenv("WARREN_TEST_CGROUPS"))
        || Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
            .filter(line -> line.matches("[0-9]+:([^:]*,)?(cpu|pids)?(,[^:]*)?:.*"))
            .allMatch(line -> line.endsWith(":/"));
  }
}
