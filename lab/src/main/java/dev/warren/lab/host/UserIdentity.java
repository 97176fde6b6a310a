package dev.warren.lab.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A user of a host, out of passwd(5).
 *
 * @param uid as the host's user namespace counts
 * @param gid the primary group
 */
record UserIdentity(String name, long uid, long gid, String home, String shell) {
  private static final Path ETC = Path.of("/etc");

  /** The kernel's last number is no id. */
  private static final long NONE = 0xffffffffL;

  /** A user of the passwd that the calling thread sees. */
  static Optional<UserIdentity> find(String name) throws IOException {
    for (String line : Files.readAllLines(ETC.resolve("passwd"), EtcFiles.CHARSET)) {
      Optional<UserIdentity> user = parse(line).filter(one -> one.name.equals(name));
      if (user.isPresent()) {
        return user;
      }
    }
    return Optional.empty();
  }

  /** A line of passwd; empty for any other. */
  static Optional<UserIdentity> parse(String line) {
    String[] fields = line.strip().split(":", -1);
    String id = "[0-9]{1,10}";
    if (fields.length != 7
        || fields[0].isEmpty()
        || !fields[2].matches(id)
        || !fields[3].matches(id)) {
      return Optional.empty();
    }
    return Optional.of(
            new UserIdentity(
                fields[0],
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                fields[5],
                fields[6].isEmpty() ? "/bin/sh" : fields[6]))
        .filter(user -> user.uid < NONE && user.gid < NONE);
  }

  boolean isRoot() {
    return uid == 0 && gid == 0;
  }

  /**
   * Checks that the host's user namespace has the ids: the kernel would only say "invalid
   * argument". For a thread inside the host.
   */
  void requireMapped(String host, HostIds ids) throws IOException {
    List<String> missing = new ArrayList<>();
    if (!ids.users().contains(uid)) {
      missing.add("uid " + uid);
    }
    if (!ids.groups().contains(gid)) {
      missing.add("gid " + gid);
    }
    for (Map.Entry<String, Long> group : groups().entrySet()) {
      if (!ids.groups().contains(group.getValue())) {
        missing.add("gid " + group.getValue() + " of group " + group.getKey());
      }
    }
    if (!missing.isEmpty()) {
      throw new IOException(
          "run as user %s in host %s: this %s does not have %s, %s"
              .formatted(
                  name,
                  host,
                  ids.own() ? "host" : "lab",
                  String.join(", ", missing),
                  ids.remedy()));
    }
  }

  /** The supplementary groups of the files; those of other sources are setpriv's business. */
  private Map<String, Long> groups() throws IOException {
    Map<String, Long> groups = new LinkedHashMap<>();
    for (String line : Files.readAllLines(ETC.resolve("group"), EtcFiles.CHARSET)) {
      String[] fields = line.strip().split(":", -1);
      if (fields.length == 4
          && fields[2].matches("[0-9]{1,10}")
          && List.of(fields[3].split(",")).contains(name)) {
        groups.put(fields[0], Long.parseLong(fields[2]));
      }
    }
    return groups;
  }

  /** The variables that login(1) sets. */
  Map<String, String> environment() {
    return Map.of("HOME", home, "USER", name, "LOGNAME", name, "SHELL", shell);
  }

  /**
   * The command that becomes this user and then runs another. The kernel could change the spawning
   * thread itself, but the child shares the JVM's memory until its exec, and so would be an open
   * door to it for the user's other processes.
   *
   * @param setpriv the program, as the host sees files
   */
  List<String> command(Path setpriv, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(setpriv.toString());
    command.addAll(List.of("--reuid=" + name, "--regid=" + gid, "--init-groups", "--"));
    command.addAll(arguments);
    return command;
  }
}
