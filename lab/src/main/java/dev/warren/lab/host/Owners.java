package dev.warren.lab.host;

import dev.warren.lab.description.Ownership;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Gives files to users of a host, on a thread inside it once its /etc is there.
 *
 * @param uid as the lab counts; empty: as it is
 * @param gid as the lab counts; empty: as it is
 */
record Owners(Optional<Integer> uid, Optional<Integer> gid) {
  private static final Path ETC = Path.of("/etc");

  /**
   * Whom these names are.
   *
   * @throws IOException when the host has no such user or group, or the lab not its id
   */
  static Owners of(Ownership ownership, HostIds ids) throws IOException {
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
    return inLab(uid, gid, ids);
  }

  /** These ids; the host has them or this fails. */
  static Owners of(int uid, int gid, HostIds ids) throws IOException {
    return inLab(Optional.of(uid), Optional.of(gid), ids);
  }

  private static int group(String name) throws IOException {
    if (Ownership.isId(name)) {
      return Integer.parseInt(name);
    }
    return findGroup(ETC, name).orElseThrow(() -> new IOException("the host has no group " + name));
  }

  /** The id of a group that an /etc has. */
  static Optional<Integer> findGroup(Path etc, String name) throws IOException {
    for (String line : Files.readAllLines(etc.resolve("group"), EtcFiles.CHARSET)) {
      String[] fields = line.split(":", -1);
      if (fields.length == 4 && fields[0].equals(name) && Ownership.isId(fields[2])) {
        return Optional.of(Integer.parseInt(fields[2]));
      }
    }
    return Optional.empty();
  }

  private static Owners inLab(Optional<Integer> uid, Optional<Integer> gid, HostIds ids)
      throws IOException {
    return new Owners(
        uid.isPresent() ? Optional.of(known("uid", uid.get(), ids.uid(uid.get()), ids)) : uid,
        gid.isPresent() ? Optional.of(known("gid", gid.get(), ids.gid(gid.get()), ids)) : gid);
  }

  private static int known(String kind, int id, OptionalInt inLab, HostIds ids) throws IOException {
    return inLab.orElseThrow(
        () ->
            new IOException(
                "this %s does not have %s %d, %s"
                    .formatted(ids.own() ? "host" : "lab", kind, id, ids.remedy())));
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
