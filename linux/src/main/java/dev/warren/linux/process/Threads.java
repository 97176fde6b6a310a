package dev.warren.linux.process;

import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.KernelException;

/** Threads of the machine's, of which there may be too many (RLIMIT_NPROC, pids of a cgroup). */
public final class Threads {
  private Threads() {}

  /** Starts a daemon thread. */
  public static Thread start(String name, Runnable work) throws KernelException {
    Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(work);
    start(thread);
    return thread;
  }

  /**
   * Starts a thread.
   *
   * @throws KernelException EAGAIN when there may be no more; Java has an {@link OutOfMemoryError}
   *     for that, as if all were lost
   */
  public static void start(Thread thread) throws KernelException {
    try {
      thread.start();
    } catch (OutOfMemoryError error) {
      if (!String.valueOf(error.getMessage()).contains("native thread")) {
        throw error;
      }
      KernelException tooMany = KernelException.of("start a thread", Errno.EAGAIN.number());
      tooMany.initCause(error);
      throw tooMany;
    }
  }
}
