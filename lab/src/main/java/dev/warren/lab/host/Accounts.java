package dev.warren.lab.host;

import dev.warren.lab.description.GroupDescription;
import dev.warren.lab.description.Password;
import dev.warren.lab.description.UserDescription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.Sha2Crypt;

/**
 * A host's passwd, group, shadow and gshadow (passwd(5), group(5), shadow(5), gshadow(5)): the
 * machine's own, with the additions of the host, byte for byte whatever their encoding; shadow is
 * written anew, as an ordinary caller cannot read the machine's, and has the passwords of the
 * additions only.
 */
final class Accounts {
  private final Map<String, String> users;
  private final Map<String, String> groups;

  private final Map<String, String> hashes;

  private Accounts(
      Map<String, String> users, Map<String, String> groups, Map<String, String> hashes) {
    this.hashes = hashes;
    this.users = users;
    this.groups = groups;
  }

  /** The machine's accounts and more; an addition replaces those of its name or its id. */
  static Accounts of(
      Path etc, Collection<UserDescription> moreUsers, Collection<GroupDescription> moreGroups)
      throws IOException {
    Map<String, String> users = byName(etc.resolve("passwd"));
    for (UserDescription user : moreUsers) {
      users.values().removeIf(line -> hasId(line, user.uid()));
    }
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
      groups.values().removeIf(line -> hasId(line, group.gid()));
    }
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
    Map<String, String> hashes = new LinkedHashMap<>();
    for (UserDescription user : moreUsers) {
      user.password().ifPresent(password -> hashes.put(user.name(), hash(password)));
    }
    return new Accounts(users, groups, hashes);
  }

  /** Root stays, also beside a second name for it: the first line is the one that programs find. */
  private static boolean hasId(String line, int id) {
    String[] fields = line.split(":", -1);
    return id != 0 && fields.length > 2 && fields[2].equals(Integer.toString(id));
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
    return join(users.keySet().stream().map(this::shadowLine).toList());
  }

  private String shadowLine(String name) {
    return name + ":" + hashes.getOrDefault(name, "*") + ":19000:0:99999:7:::";
  }

  /** As gshadow(5) has it: no group has a password, nor administrators. */
  String gshadow() {
    return join(groups.values().stream().map(Accounts::gshadowLine).toList());
  }

  private static String gshadowLine(String line) {
    String[] fields = line.split(":", -1);
    return fields[0] + ":*::" + (fields.length > 3 ? fields[3] : "");
  }

  /** As crypt(5) has it: SHA-512 with a random salt, which every Linux login knows. */
  private static String hash(Password password) {
    return password.isHash()
        ? password.text()
        : Sha2Crypt.sha512Crypt(password.text().getBytes(StandardCharsets.UTF_8));
  }

  private static String join(Collection<String> lines) {
    return List.copyOf(lines).stream().map(line -> line + "\n").collect(Collectors.joining());
  }
}
