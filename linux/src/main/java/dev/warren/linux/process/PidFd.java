package dev.warren.linux.process;

import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.kernel.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A hold on a process that stays true when its PID is given to another one (pidfd_open(2)). */
public final class PidFd implements AutoCloseable {
  /** From linux/wait.h. */
  private static final int P_PIDFD = 3;

  private static final int WEXITED = 4;

  /** Size and fields of siginfo_t, from asm-generic/siginfo.h, 64 bits. */
  private static final int SIGINFO_SIZE = 128;

  private static final int SI_CODE = 8;
  private static final int SI_STATUS = 24;
  private static final int CLD_EXITED = 1;

  /** What a shell adds to the signal's number. */
  private static final int KILLED = 128;

  private final Kernel kernel;
  private final Descriptor descriptor;
  private final long pid;

  private PidFd(Kernel kernel, Descriptor descriptor, long pid) {
    this.kernel = kernel;
    this.descriptor = descriptor;
    this.pid = pid;
  }

  /** Takes hold of a process; for a child that was not waited for there is no race. */
  public static PidFd open(Kernel kernel, long pid) throws KernelException {
    long fd =
        KernelException.check(
            kernel.call(SystemCall.PIDFD_OPEN, pid, 0, 0), "pidfd_open of process " + pid);
    return new PidFd(kernel, new Descriptor(kernel, (int) fd), pid);
  }

  /** Sends a signal; to a process that ended it does nothing. */
  public void send(Signal signal) throws KernelException {
    long result =
        kernel.call(SystemCall.PIDFD_SEND_SIGNAL, descriptor.number(), signal.number(), 0, 0, 0, 0);
    if (result != -Errno.ESRCH.number()) {
      KernelException.check(result, "pidfd_send_signal " + signal + " to process " + pid);
    }
  }

  /**
   * Waits until a child has ended, and reaps it.
   *
   * @return its exit code, or 128 and the number of the signal that killed it
   */
  public int awaitExit() throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(SIGINFO_SIZE, 8);
      while (true) {
        long result =
            kernel.call(
                SystemCall.WAITID, P_PIDFD, descriptor.number(), info.address(), WEXITED, 0, 0);
        if (result != -Errno.EINTR.number()) {
          KernelException.check(result, "waitid of process " + pid);
          int status = info.get(ValueLayout.JAVA_INT, SI_STATUS);
          boolean exited = info.get(ValueLayout.JAVA_INT, SI_CODE) == CLD_EXITED;
          return exited ? status : KILLED + status;
        }
      }
    }
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
