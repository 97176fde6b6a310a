package dev.warren.linux.kernel;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An open file descriptor that this object owns. All are opened close-on-exec, so that none leaks
 * into a process of a host: a leaked pipe end would keep a host alive.
 */
public final class Descriptor implements AutoCloseable {
  /** From asm-generic/fcntl.h; the same on x86-64 and aarch64. */
  public static final int O_RDONLY = 0;

  public static final int O_WRONLY = 1;
  public static final int O_RDWR = 2;
  public static final int O_CREAT = 0100;
  public static final int O_NOCTTY = 0400;
  public static final int O_TRUNC = 01000;
  public static final int O_APPEND = 02000;
  public static final int O_CLOEXEC = 02000000;

  /** From linux/fcntl.h. */
  public static final int AT_FDCWD = -100;

  private final Kernel kernel;
  private final int number;
  private final AtomicBoolean open = new AtomicBoolean(true);

  /** Takes over a descriptor that the kernel just gave. */
  public Descriptor(Kernel kernel, int number) {
    this.kernel = kernel;
    this.number = number;
  }

  /**
   * Opens a file, close-on-exec; a file that is created is private to its owner (0600).
   *
   * @param flags of open(2)
   */
  public static Descriptor open(Kernel kernel, Path path, int flags) throws KernelException {
    return open(kernel, AT_FDCWD, path, flags);
  }

  /**
   * As {@link #open(Kernel, Path, int)}, for a path that begins in an open folder, whatever the
   * calling thread sees of the machine's files.
   */
  public static Descriptor openIn(Kernel kernel, Descriptor folder, Path path, int flags)
      throws KernelException {
    return open(kernel, folder.number(), path, flags);
  }

  private static Descriptor open(Kernel kernel, int folder, Path path, int flags)
      throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      long result =
          kernel.call(
              SystemCall.OPENAT,
              folder,
              arena.allocateFrom(path.toString()).address(),
              flags | O_CLOEXEC,
              0600,
              0,
              0);
      return new Descriptor(kernel, (int) KernelException.check(result, "open " + path));
    }
  }

  /**
   * The number, while it is open.
   *
   * @throws IllegalStateException when it was closed
   */
  public int number() {
    if (!open.get()) {
      throw new IllegalStateException("descriptor " + number + " is closed");
    }
    return number;
  }

  /** Closes it; a second time does nothing. What close(2) reports late is of no use to anybody. */
  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      kernel.call(SystemCall.CLOSE, number, 0, 0);
    }
  }

  @Override
  public String toString() {
    return "descriptor " + number;
  }
}
