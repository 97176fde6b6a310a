package dev.warren.linux.kernel;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A lock of flock(2) on a file, held until it is closed or its owner has ended, however it ended.
 * Unlike Java's own, which are the process's, it also keeps threads of this process apart, and
 * lasts when the process closes the file elsewhere.
 */
public final class FileLock implements AutoCloseable {
  /** From asm-generic/fcntl.h. */
  private static final int LOCK_SH = 1;

  private static final int LOCK_EX = 2;
  private static final int LOCK_NB = 4;

  private final Descriptor file;

  private FileLock(Descriptor file) {
    this.file = file;
  }

  /**
   * Takes a lock that others may share; the file is made when it is not there.
   *
   * @return empty when somebody has the file for himself
   */
  public static Optional<FileLock> tryShared(Kernel kernel, Path file) throws KernelException {
    return take(kernel, file, LOCK_SH);
  }

  /**
   * Takes a lock that nobody shares; the file is made when it is not there.
   *
   * @return empty when somebody else has one of either kind
   */
  public static Optional<FileLock> tryExclusive(Kernel kernel, Path file) throws KernelException {
    return take(kernel, file, LOCK_EX);
  }

  private static Optional<FileLock> take(Kernel kernel, Path file, int kind)
      throws KernelException {
    Descriptor open = Descriptor.open(kernel, file, Descriptor.O_RDWR | Descriptor.O_CREAT);
    boolean taken = false;
    try {
      long result = kernel.call(SystemCall.FLOCK, open.number(), kind | LOCK_NB, 0);
      // EAGAIN is EWOULDBLOCK: somebody else has it.
      taken = result != -Errno.EAGAIN.number();
      if (taken) {
        KernelException.check(result, "flock " + file);
      }
      return taken ? Optional.of(new FileLock(open)) : Optional.empty();
    } catch (KernelException failure) {
      taken = false;
      throw failure;
    } finally {
      if (!taken) {
        open.close();
      }
    }
  }

  /** Gives it back. */
  @Override
  public void close() {
    file.close();
  }
}
