package dev.warren.lab.host;

import dev.warren.linux.idmap.IdMap;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.mount.Mounts;
import dev.warren.linux.mount.OverlayOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The files that a host has for itself, made on a thread inside it out of one folder in memory (its
 * store):
 *
 * <pre>
 *   store/etc, store/etc-work     upper side of the overlay on /etc
 *   store/private/N               what is bound on the Nth private directory
 *   store/over/N                  upper side of an overlay that was needed for a new mount point
 * </pre>
 */
public final class PrivateTree {
  private final Mounts mounts;
  private final Path store;

  /** Real paths below which this host may create what it likes. */
  private final List<Path> own = new ArrayList<>();

  /** Where in the store the private directories lie. */
  private final Map<Path, Path> sources = new HashMap<>();

  private int count;

  /** A tree whose files lie in a folder in memory. */
  public PrivateTree(Kernel kernel, Path store) {
    this.mounts = new Mounts(kernel);
    this.store = store;
  }

  /**
   * Lays the host's own files over the machine's /etc.
   *
   * @param layers further /etc folders, the topmost first
   */
  public void mountEtc(Map<String, String> files, List<Path> layers) throws IOException {
    Path upper = directory(store.resolve("etc"), 0755);
    for (var file : files.entrySet()) {
      Files.writeString(upper.resolve(file.getKey()), file.getValue());
    }
    Files.setPosixFilePermissions(
        upper.resolve("shadow"), PosixFilePermissions.fromString("rw-r-----"));
    List<Path> lower = new ArrayList<>(layers);
    lower.add(Path.of("/etc"));
    overlay(Path.of("/etc"), lower, upper, store.resolve("etc-work"));
    own.add(Path.of("/etc"));
  }

  /**
   * Gives the host an empty directory of its own.
   *
   * @param mode its permissions
   */
  public void mountPrivate(Path target, int mode) throws IOException {
    Path source = sourceOf(target);
    directory(source, mode);
    Path place = mountPoint(target);
    mounts.bind(source, place);
    own.add(place);
  }

  /**
   * Shows a file or folder inside a private directory that is going to be mounted: what lies under
   * it may hide the folder.
   *
   * @param target below {@code directory}
   */
  public void share(Path source, Path directory, Path target, boolean readOnly) throws IOException {
    Path place = sourceOf(directory).resolve(directory.relativize(target));
    if (Files.isDirectory(source)) {
      Files.createDirectories(place);
    } else {
      Files.createDirectories(place.resolveSibling("."));
      Files.createFile(place);
    }
    if (readOnly) {
      mounts.bindReadOnly(source, place);
    } else {
      mounts.bind(source, place);
    }
  }

  private Path sourceOf(Path directory) {
    return sources.computeIfAbsent(
        directory, _ -> store.resolve("private").resolve(Integer.toString(count++)));
  }

  /** Shows the network namespace's own devices under /sys, where the kernel lets us. */
  public void mountSys() throws KernelException {
    try {
      mounts.sysfs(Path.of("/sys"));
    } catch (KernelException refused) {
      // Containers mask parts of /sys, and the kernel then refuses a fresh one: the outer stays.
      if (!refused.is(Errno.EPERM)) {
        throw refused;
      }
    }
  }

  /** Takes the store out of the host's sight, where a private directory does not hide it anyway. */
  public void hideStore(Path labStore) throws KernelException {
    try {
      mounts.detach(labStore);
    } catch (KernelException hidden) {
      if (!hidden.is(Errno.ENOENT) && !hidden.is(Errno.EINVAL)) {
        throw hidden;
      }
    }
  }

  /** A directory at this path, made if need be: over the machine's parent, never in it. */
  private Path mountPoint(Path target) throws IOException {
    Path existing = existingAbove(target);
    Path real = existing.toRealPath();
    if (existing.equals(target)) {
      return real;
    }
    if (own.stream().noneMatch(real::startsWith)) {
      if (real.equals(Path.of("/"))) {
        throw new IOException(
            "make "
                + target
                + ": it is not there, and / is the machine's: put it below an"
                + " existing folder");
      }
      Path over = store.resolve("over").resolve(Integer.toString(count++));
      overlay(real, List.of(real), directory(over.resolve("upper"), 0755), over.resolve("work"));
      own.add(real);
    }
    return Files.createDirectories(real.resolve(existing.relativize(target).toString()));
  }

  private static Path existingAbove(Path path) {
    Path existing = path;
    while (!Files.isDirectory(existing)) {
      existing = Objects.requireNonNull(existing.getParent(), "the root folder is always there");
    }
    return existing;
  }

  private void overlay(Path target, List<Path> lower, Path upper, Path work) throws IOException {
    directory(work, 0755);
    var sides = new OverlayOptions.Upper(upper, work);
    try {
      mounts.overlay(
          target, new OverlayOptions(lower, Optional.of(sides), !IdMap.ofUsers().isInitial()));
    } catch (KernelException refused) {
      // In a container: the lower side has mounts of its own, or lies on an overlay already.
      if (!refused.is(Errno.EINVAL)) {
        throw refused;
      }
      for (Path layer : lower) {
        TreeCopy.intoGaps(layer, upper);
      }
      mounts.bind(upper, target);
    }
  }

  private static Path directory(Path path, int mode) throws IOException {
    Files.createDirectories(path);
    // Not at creation: the umask would take part.
    Files.setAttribute(path, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
    return path;
  }
}
