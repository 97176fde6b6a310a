package dev.warren.lab.host;

import dev.warren.lab.description.Ownership;
import dev.warren.linux.idmap.IdMap;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Gives files to users of a host, on a thread inside it once its /etc is there.
 *
 * @param uid empty: as it is
 * @param gid empty: as it is
 */
record Owners(Optional<Integer> uid, Optional<Integer> gid) {
  private static final Path ETC = Path.of("/etc");

  /**
   * Whom these names are.
   *
   * @throws IOException when the host has no such user or group, or the lab not its id
   */
  static Owners of(Ownership ownership) throws IOException {
    Optional<Integer> uid = Optional.empty();
    Optional<Integer> gid = Optional.empty();
    if (ownership.owner().isPresent()) {
      String owner = ownership.owner().get();
      if (Ownership.isId(owner)) {
        uid = Optional.of(Integer.parseInt(owner));
      } else {
        UserIdentity user =
            UserIdentity.find(owner)
                .orElseThrow(() -> new IOException("the host has no user " + owner));
        uid = Optional.of(Math.toIntExact(user.uid()));
        gid = Optional.of(Math.toIntExact(user.gid()));
      }
    }
    if (ownership.group().isPresent()) {
      gid = Optional.of(group(ownership.group().get()));
    }
    return checked(new Owners(uid, gid));
  }

  /** These ids; the lab has them or this fails. */
  static Owners of(int uid, int gid) throws IOException {
    return checked(new Owners(Optional.of(uid), Optional.of(gid)));
  }

  private static int group(String name) throws IOException {
    if (Ownership.isId(name)) {
      return Integer.parseInt(name);
    }
    return findGroup(name).orElseThrow(() -> new IOException("the host has no group " + name));
  }

  /** The id of a group of the host. */
  static Optional<Integer> findGroup(String name) throws IOException {
    for (String line : Files.readAllLines(ETC.resolve("group"), EtcFiles.CHARSET)) {
      String[] fields = line.split(":", -1);
      if (fields.length == 4 && fields[0].equals(name) && Ownership.isId(fields[2])) {
        return Optional.of(Integer.parseInt(fields[2]));
      }
    }
    return Optional.empty();
  }

  private static Owners checked(Owners owners) throws IOException {
    if (owners.uid.isPresent() && !IdMap.ofUsers().contains(owners.uid.get())) {
      throw missing("uid", owners.uid.get(), IdMap.ofUsers());
    }
    if (owners.gid.isPresent() && !IdMap.ofGroups().contains(owners.gid.get())) {
      throw missing("gid", owners.gid.get(), IdMap.ofGroups());
    }
    return owners;
  }

  private static IOException missing(String kind, int id, IdMap map) {
    return new IOException(
        ("this lab does not have %s %d, only %d ids: a range of 65536 in /etc/subuid and"
                + " /etc/subgid gives 0 to 65535 (`warren doctor`)")
            .formatted(kind, id, map.size()));
  }

  /** Whether nothing is to be changed. */
  boolean isEmpty() {
    return uid.isEmpty() && gid.isEmpty();
  }

  /** Hands a file over, a link itself and not what it leads to; the mode is to be set after it. */
  void give(Path file) throws IOException {
    if (uid.isPresent()) {
      Files.setAttribute(file, "unix:uid", uid.get(), LinkOption.NOFOLLOW_LINKS);
    }
    if (gid.isPresent()) {
      Files.setAttribute(file, "unix:gid", gid.get(), LinkOption.NOFOLLOW_LINKS);
    }
  }

  /** Hands over a folder and everything in it; modes stay, less what chown(2) takes. */
  void giveAll(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes)
              throws IOException {
            give(visited);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes)
              throws IOException {
            give(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
