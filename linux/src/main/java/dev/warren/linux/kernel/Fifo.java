package dev.warren.linux.kernel;

import java.lang.foreign.Arena;
import java.nio.file.Path;

/** Named pipes, fifo(7). */
public final class Fifo {
  /** From linux/stat.h. */
  private static final int S_IFIFO = 0010000;

  private static final int OWNER_ONLY = 0600;

  private Fifo() {}

  /**
   * Makes a named pipe that only its owner may use, and opens it for both directions: a reader of
   * it never sees an end, whoever writes comes and goes.
   */
  public static Descriptor make(Kernel kernel, Path path) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      KernelException.check(
          kernel.call(
              SystemCall.MKNODAT,
              Descriptor.AT_FDCWD,
              arena.allocateFrom(path.toString()).address(),
              S_IFIFO | OWNER_ONLY,
              0,
              0,
              0),
          "mknodat of the pipe " + path);
    }
    return Descriptor.open(kernel, path, Descriptor.O_RDWR);
  }
}
