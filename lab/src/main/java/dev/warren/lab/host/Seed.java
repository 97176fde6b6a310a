package dev.warren.lab.host;

import dev.warren.linux.idmap.IdMap;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Fills an empty folder from another one or from a tar file. Owners are kept where the host has
 * their ids, and are root otherwise; modes and times are kept.
 */
final class Seed {
  /** RFC 1952, 2.3.1. */
  private static final int GZIP_FIRST = 0x1f;

  private static final int GZIP_SECOND = 0x8b;

  private final Path target;
  private final HostIds ids;

  private Seed(Path target, HostIds ids) {
    this.target = target;
    this.ids = ids;
  }

  /**
   * Fills the folder.
   *
   * @param source a folder, or a file that is a tar or a gzipped tar
   * @param name where that is on the machine, for errors
   */
  static void fill(Path target, Path source, Path name, HostIds ids) throws IOException {
    Seed seed = new Seed(target, ids);
    if (Files.isDirectory(source)) {
      seed.fromFolder(source);
    } else {
      seed.fromTar(source, name);
    }
  }

  private void fromFolder(Path source) throws IOException {
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (!folder.equals(source)) {
              Path copy = Files.createDirectory(target.resolve(source.relativize(folder)));
              own(folder, copy);
              Files.setAttribute(copy, "unix:mode", mode(folder));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isOther()) {
              return FileVisitResult.CONTINUE; // a socket or device means nothing elsewhere
            }
            Path copy = target.resolve(source.relativize(file));
            Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
            own(file, copy);
            if (!attributes.isSymbolicLink()) {
              Files.setAttribute(copy, "unix:mode", mode(file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void own(Path file, Path copy) throws IOException {
    long uid = id(file, "unix:uid");
    long gid = id(file, "unix:gid");
    own(copy, uid, gid);
  }

  private static long id(Path file, String attribute) throws IOException {
    return (int) Files.getAttribute(file, attribute, LinkOption.NOFOLLOW_LINKS) & 0xffffffffL;
  }

  private static int mode(Path file) throws IOException {
    return (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
  }

  /** Unmapped owners show as 65534, whose files these need not be: root's then. */
  private void own(Path copy, long uid, long gid) throws IOException {
    long user = isKnown(ids.users(), uid) ? uid : 0;
    long group = isKnown(ids.groups(), gid) ? gid : 0;
    LinkOption itself = LinkOption.NOFOLLOW_LINKS;
    Files.setAttribute(copy, "unix:uid", ids.uid(user).orElseThrow(), itself);
    Files.setAttribute(copy, "unix:gid", ids.gid(group).orElseThrow(), itself);
  }

  private static boolean isKnown(IdMap map, long id) {
    return map.contains(id) && (id != OVERFLOW || map.isInitial());
  }

  /** DEFAULT_OVERFLOWUID of linux/highuid.h. */
  private static final long OVERFLOW = 65534;

  /** A folder whose mode and time are set last: what is put into it would change or need them. */
  private record Folder(Path path, int mode, FileTime time) {}

  private void fromTar(Path source, Path name) throws IOException {
    List<Folder> folders = new ArrayList<>();
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(source));
        TarArchiveInputStream tar = new TarArchiveInputStream(unzipped(bytes))) {
      boolean empty = true;
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        empty = false;
        unpack(tar, entry, folders);
      }
      if (empty) {
        throw new IOException("nothing is in it, or it is no tar file");
      }
    } catch (IOException failure) {
      throw new IOException("unpack " + name + ": " + failure.getMessage(), failure);
    }
    for (Folder folder : folders.reversed()) {
      Files.setAttribute(folder.path(), "unix:mode", folder.mode());
      Files.setLastModifiedTime(folder.path(), folder.time());
    }
  }

  private static InputStream unzipped(InputStream bytes) throws IOException {
    bytes.mark(2);
    boolean zipped = bytes.read() == GZIP_FIRST && bytes.read() == GZIP_SECOND;
    bytes.reset();
    return zipped ? new BufferedInputStream(new GZIPInputStream(bytes)) : bytes;
  }

  private void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, List<Folder> folders)
      throws IOException {
    Path path = inside(entry.getName());
    if (path.equals(target)) {
      return;
    }
    makeParents(path);
    int mode = entry.getMode() & 07777;
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      own(path, entry.getLongUserId(), entry.getLongGroupId());
      folders.add(new Folder(path, mode, entry.getLastModifiedTime()));
      return;
    }
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      own(path, entry.getLongUserId(), entry.getLongGroupId());
    } else if (entry.isLink()) {
      Files.createLink(path, inside(entry.getLinkName()));
    } else if (entry.isFile()) {
      Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
      own(path, entry.getLongUserId(), entry.getLongGroupId());
      Files.setAttribute(path, "unix:mode", mode);
      Files.setLastModifiedTime(path, entry.getLastModifiedTime());
    }
  }

  /** Where an entry goes: never out of the folder, whatever it is called. */
  private Path inside(String name) throws IOException {
    String relative = name.replaceFirst("^/+", "");
    Path path = target.resolve(relative).normalize();
    if (!path.startsWith(target)) {
      throw new IOException("the entry " + name + " leads out of it");
    }
    return path;
  }

  /** Nor by a link that an earlier entry made. */
  private void makeParents(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IOException("the entry has no name");
    }
    Files.createDirectories(parent);
    if (!parent.toRealPath().startsWith(target.toRealPath())) {
      throw new IOException("the entry " + target.relativize(path) + " lies behind a link");
    }
  }
}
