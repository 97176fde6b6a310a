package dev.warren.lab.host;

import dev.warren.lab.description.GroupDescription;
import dev.warren.lab.description.UserDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A host's passwd, group and shadow (passwd(5), group(5), shadow(5)): the machine's own, with the
 * additions of the host, byte for byte whatever their encoding. Nobody has a password; shadow is
 * written anew because an ordinary caller cannot read the machine's.
 */
final class Accounts {
  private final Map<String, String> users;
  private final Map<String, String> groups;

  private Accounts(Map<String, String> users, Map<String, String> groups) {
    this.users = users;
    this.groups = groups;
  }

  /** The machine's accounts and more; an addition replaces one of the same name. */
  static Accounts of(
      Path etc, Collection<UserDescription> moreUsers, Collection<GroupDescription> moreGroups)
      throws IOException {
    Map<String, String> users = byName(etc.resolve("passwd"));
    for (UserDescription user : moreUsers) {
      users.put(
          user.name(),
          String.join(
              ":",
              user.name(),
              "x",
              Long.toString(user.uid()),
              Long.toString(user.gid()),
              user.gecos(),
              user.home(),
              user.shell()));
    }
    Map<String, String> groups = byName(etc.resolve("group"));
    for (GroupDescription group : moreGroups) {
      groups.put(
          group.name(),
          String.join(
              ":",
              group.name(),
              "x",
              Long.toString(group.gid()),
              String.join(",", group.members())));
    }
    return new Accounts(users, groups);
  }

  private static Map<String, String> byName(Path file) throws IOException {
    Map<String, String> lines = new LinkedHashMap<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file, EtcFiles.CHARSET)) {
        lines.put(line.split(":", 2)[0], line);
      }
    }
    return lines;
  }

  String passwd() {
    return join(users.values());
  }

  String group() {
    return join(groups.values());
  }

  String shadow() {
    return join(users.keySet().stream().map(name -> name + ":*:19000:0:99999:7:::").toList());
  }

  private static String join(Collection<String> lines) {
    return List.copyOf(lines).stream().map(line -> line + "\n").collect(Collectors.joining());
  }
}
