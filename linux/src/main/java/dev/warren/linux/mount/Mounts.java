package dev.warren.linux.mount;

import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.kernel.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Mounts and unmounts in the calling thread's mount namespace. */
public final class Mounts {
  /** Flags of mount(2), from linux/mount.h. */
  private static final long MS_RDONLY = 1;

  private static final long MS_NOSUID = 0x2;

  private static final long MS_NODEV = 0x4;
  private static final long MS_NOEXEC = 0x8;
  private static final long MS_BIND = 0x1000;
  private static final long MS_MOVE = 0x2000;
  private static final long MS_REC = 0x4000;
  private static final long MS_PRIVATE = 0x40000;

  /** Flag of umount2(2), from linux/fs.h: take it out of sight now, free it when unused. */
  private static final int MNT_DETACH = 2;

  /** From linux/fcntl.h: the descriptor itself. */
  private static final int AT_EMPTY_PATH = 0x1000;

  /** From linux/fcntl.h: apply to the whole subtree. */
  private static final int AT_RECURSIVE = 0x8000;

  /** From linux/mount.h. */
  private static final long MOUNT_ATTR_RDONLY = 0x1;

  private static final long OPEN_TREE_CLONE = 0x1;
  private static final long MOVE_MOUNT_F_EMPTY_PATH = 0x4;

  /** Offset of attr_clr in struct mount_attr, from linux/mount.h. */
  private static final int ATTR_CLR = 8;

  /** Size of struct mount_attr in its first version, from linux/mount.h. */
  private static final int MOUNT_ATTR_SIZE_VER0 = 32;

  private final Kernel kernel;

  /** Mounts by a kernel. */
  public Mounts(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Lets nothing that is mounted here be seen elsewhere, nor the other way round. */
  public void makePrivate() throws KernelException {
    mount(null, Path.of("/"), null, MS_REC | MS_PRIVATE, null, "mount / as private");
  }

  /** Shows a file or folder at another place, with everything mounted below it. */
  public void bind(Path source, Path target) throws KernelException {
    mount(
        source.toString(),
        target,
        null,
        MS_BIND | MS_REC,
        null,
        "mount " + source + " on " + target);
  }

  /** Shows what is mounted at a place at another instead, with everything mounted below it. */
  public void move(Path source, Path target) throws KernelException {
    mount(source.toString(), target, null, MS_MOVE, null, "move " + source + " to " + target);
  }

  /** As {@link #bind}, but nobody can write there. */
  public void bindReadOnly(Path source, Path target) throws KernelException {
    bind(source, target);
    makeReadOnly(target);
  }

  /** Lets nobody write to what is mounted at a place and below it; devices stay as they are. */
  public void makeReadOnly(Path target) throws KernelException {
    setAttributes(target, AT_RECURSIVE, MOUNT_ATTR_RDONLY, 0, "read-only");
  }

  /**
   * Takes {@link #makeReadOnly} back for what is mounted at a place, not for what is mounted below
   * it. Refused (EPERM) where the machine itself has mounted it read-only.
   */
  public void makeWritable(Path target) throws KernelException {
    setAttributes(target, 0, 0, MOUNT_ATTR_RDONLY, "writable");
  }

  /** As {@link #makeWritable(Path)}, for what {@link #copyTree} gave. */
  public void makeWritable(Descriptor copy, Path source) throws KernelException {
    setAttributes(
        copy.number(), "", AT_EMPTY_PATH, 0, MOUNT_ATTR_RDONLY, "writable on a copy of " + source);
  }

  /** Lets nobody write through what {@link #copy} gave. */
  public void makeReadOnly(Descriptor copy, Path source) throws KernelException {
    setAttributes(
        copy.number(), "", AT_EMPTY_PATH, MOUNT_ATTR_RDONLY, 0, "read-only on a copy of " + source);
  }

  private void setAttributes(Path target, int flags, long set, long clear, String what)
      throws KernelException {
    setAttributes(
        Descriptor.AT_FDCWD, target.toString(), flags, set, clear, what + " on " + target);
  }

  private void setAttributes(int folder, String path, int flags, long set, long clear, String what)
      throws KernelException {
    // mount_setattr only adds: a remount would have to repeat flags that a user namespace locks.
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(MOUNT_ATTR_SIZE_VER0, 8);
      attributes.set(ValueLayout.JAVA_LONG, 0, set);
      attributes.set(ValueLayout.JAVA_LONG, ATTR_CLR, clear);
      KernelException.check(
          kernel.call(
              SystemCall.MOUNT_SETATTR,
              folder,
              arena.allocateFrom(path).address(),
              flags,
              attributes.address(),
              MOUNT_ATTR_SIZE_VER0,
              0),
          "mount_setattr " + what);
    }
  }

  /**
   * Mounts an empty file system in memory.
   *
   * @param options of tmpfs(5), such as {@code mode=0755,size=10m}
   */
  public void tmpfs(Path target, String options) throws KernelException {
    mount("warren", target, "tmpfs", MS_NODEV, options, "mount tmpfs on " + target);
  }

  /**
   * Mounts layers of folders as one.
   *
   * @param options of overlay, see {@link OverlayOptions}
   */
  public void overlay(Path target, OverlayOptions options) throws KernelException {
    mount("warren", target, "overlay", 0, options.toString(), "mount overlay on " + target);
  }

  /**
   * Mounts a file system of terminals.
   *
   * @param options of devpts (Documentation/filesystems/devpts.rst of the kernel)
   */
  public void devpts(Path target, String options) throws KernelException {
    mount("devpts", target, "devpts", MS_NOSUID | MS_NOEXEC, options, "mount devpts on " + target);
  }

  /**
   * Takes a copy of what is mounted at a place, without what is mounted below it, to be {@link
   * #attach attached} in another mount namespace; closed before, it is gone.
   */
  public Descriptor copy(Path place) throws KernelException {
    return copy(place, 0);
  }

  /** As {@link #copy}, with everything that is mounted below it. */
  public Descriptor copyTree(Path place) throws KernelException {
    return copy(place, AT_RECURSIVE);
  }

  private Descriptor copy(Path place, int flags) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      long file =
          kernel.call(
              SystemCall.OPEN_TREE,
              Descriptor.AT_FDCWD,
              arena.allocateFrom(place.toString()).address(),
              OPEN_TREE_CLONE | Descriptor.O_CLOEXEC | flags);
      return new Descriptor(kernel, (int) KernelException.check(file, "open_tree " + place));
    }
  }

  /** Mounts what {@link #copy} gave. */
  public void attach(Descriptor copy, Path target) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      KernelException.check(
          kernel.call(
              SystemCall.MOVE_MOUNT,
              copy.number(),
              arena.allocateFrom("").address(),
              Descriptor.AT_FDCWD,
              arena.allocateFrom(target.toString()).address(),
              MOVE_MOUNT_F_EMPTY_PATH,
              0),
          "move_mount to " + target);
    }
  }

  /**
   * Mounts the /sys of the calling thread's network namespace. In a user namespace that sees a
   * read-only one, as a container's is, this is read-only too: the kernel allows no other.
   */
  public void sysfs(Path target) throws KernelException {
    try {
      sysfs(target, 0);
    } catch (KernelException refused) {
      if (!refused.is(Errno.EPERM)) {
        throw refused;
      }
      sysfs(target, MS_RDONLY);
    }
  }

  private void sysfs(Path target, long flags) throws KernelException {
    mount(
        "sysfs",
        target,
        "sysfs",
        MS_NOSUID | MS_NODEV | MS_NOEXEC | flags,
        null,
        "mount sysfs on " + target);
  }

  /**
   * Makes a mount point the calling thread's root and its mount namespace's, and goes there
   * (pivot_root(2)).
   *
   * @param old a folder in it, where the old root is seen from then on
   */
  public void pivotRoot(Path root, Path old) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      KernelException.check(
          kernel.call(
              SystemCall.PIVOT_ROOT,
              arena.allocateFrom(root.toString()).address(),
              arena.allocateFrom(old.toString()).address(),
              0),
          "pivot_root into " + root);
    }
    goTo(Path.of("/"));
  }

  /**
   * Goes to a folder (chdir(2)): the calling thread alone, once it has {@link
   * dev.warren.linux.namespace.Namespaces#enter entered} a mount namespace or made one.
   */
  public void goTo(Path folder) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      KernelException.check(
          kernel.call(SystemCall.CHDIR, arena.allocateFrom(folder.toString()).address(), 0, 0),
          "change directory to " + folder);
    }
  }

  /** Takes away what is mounted at a place, now for the eye and later for the kernel. */
  public void detach(Path target) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      KernelException.check(
          kernel.call(
              SystemCall.UMOUNT2, arena.allocateFrom(target.toString()).address(), MNT_DETACH, 0),
          "umount2 " + target);
    }
  }

  /** As {@link #goTo(Path)}, to an open folder (fchdir(2)), whether or not a path leads there. */
  public void goTo(Descriptor folder) throws KernelException {
    KernelException.check(
        kernel.call(SystemCall.FCHDIR, folder.number(), 0, 0),
        "change directory to an open folder");
  }

  private void mount(
      @Nullable String source,
      Path target,
      @Nullable String type,
      long flags,
      @Nullable String data,
      String action)
      throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      KernelException.check(
          kernel.call(
              SystemCall.MOUNT,
              address(arena, source),
              address(arena, target.toString()),
              address(arena, type),
              flags,
              address(arena, data),
              0),
          action);
    }
  }

  private static long address(Arena arena, @Nullable String text) {
    return text == null ? 0 : arena.allocateFrom(text).address();
  }
}
