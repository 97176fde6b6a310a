package dev.warren.lab.cwrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Programs of the machine, and which of them cannot be pretended anything. */
final class Programs {
  /** What asks the kernel for more than cwrap pretends, or leaves the libraries out. */
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("ping", "raw sockets need namespaces"),
          Map.entry("ping6", "raw sockets need namespaces"),
          Map.entry("arping", "raw sockets need namespaces"),
          Map.entry("traceroute", "raw sockets need namespaces"),
          Map.entry("tcpdump", "packet sockets need namespaces"),
          Map.entry("dhclient", "packet sockets need namespaces"),
          Map.entry("ip", "the kernel's own network configuration needs namespaces"),
          Map.entry("nft", "a firewall needs namespaces"),
          Map.entry("iptables", "a firewall needs namespaces"),
          Map.entry("tc", "link conditions need namespaces"),
          Map.entry("mount", "mounts need namespaces"),
          Map.entry("named", "BIND9 needs namespaces"),
          Map.entry("dig", "BIND9's tools need namespaces"),
          Map.entry("host", "BIND9's tools need namespaces"),
          Map.entry("nslookup", "BIND9's tools need namespaces"),
          Map.entry("nsupdate", "BIND9's tools need namespaces"));

  /** S_ISUID and S_ISGID of inode(7). */
  private static final int PRIVILEGED = 06000;

  private Programs() {}

  /**
   * A command that leads a session of its own where the system has setsid(1): Ctrl-C on this JVM's
   * terminal is not for it. The PID stays.
   */
  static List<String> inOwnSession(String... command) {
    List<String> all = new ArrayList<>();
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      all.add("/usr/bin/setsid");
    }
    all.addAll(List.of(command));
    return all;
  }

  /** Where a program lies, as execvp(3) looks for it. */
  static Optional<Path> find(String name, Map<String, String> environment, Path directory) {
    if (name.indexOf('/') >= 0) {
      return Optional.of(directory.resolve(name)).filter(Files::exists);
    }
    for (String folder : environment.getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)) {
      Path file = directory.resolve(folder).resolve(name);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /** A line for each program that is refused by its name: the name, a blank, the reason. */
  static String refused() {
    return REFUSED.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(one -> one.getKey() + " " + one.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /** Why cwrap cannot pretend anything to a program; empty when it can. */
  static Optional<String> refusal(Path program) throws IOException {
    String name = program.getFileName().toString();
    if (REFUSED.containsKey(name)) {
      return Optional.of(name + ": " + REFUSED.get(name));
    }
    Path file = program.toRealPath();
    if (((Integer) Files.getAttribute(file, "unix:mode") & PRIVILEGED) != 0) {
      return Optional.of(
          name + ": a setuid program needs namespaces (it loads no libraries of others)");
    }
    return switch (ProgramKind.of(file)) {
      case STATIC ->
          Optional.of(name + ": a static program needs namespaces (it loads no libraries)");
      case GO ->
          Optional.of(
              name
                  + ": a program in Go needs namespaces (it asks the kernel without the libraries)");
      case OTHER -> Optional.empty();
    };
  }
}
