package dev.warren.linux.process;

import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.kernel.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A hold on a process that stays true when its PID is given to another one (pidfd_open(2)). */
public final class PidFd implements AutoCloseable {
  /** From linux/wait.h. */
  private static final int P_PID = 1;

  private static final int P_PIDFD = 3;

  private static final int WEXITED = 4;

  /** Size and fields of siginfo_t, from asm-generic/siginfo.h, 64 bits. */
  private static final int SIGINFO_SIZE = 128;

  private static final int SI_CODE = 8;
  private static final int SI_STATUS = 24;
  private static final int CLD_EXITED = 1;

  /** struct pollfd and struct timespec, from asm-generic/poll.h and linux/time_types.h. */
  private static final int POLLFD_SIZE = 8;

  private static final int POLLFD_EVENTS = 4;
  private static final short POLLIN = 1;
  private static final int TIMESPEC_SIZE = 16;
  private static final int TIMESPEC_NANOS = 8;
  private static final int SIGSET_SIZE = 8;

  private static final Duration PAUSE = Duration.ofMillis(1);

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

  /** Takes hold of a process of somebody else; the PID must still be its own. */
  public static PidFd open(Kernel kernel, long pid) throws KernelException {
    long fd =
        KernelException.check(
            kernel.call(SystemCall.PIDFD_OPEN, pid, 0, 0), "pidfd_open of process " + pid);
    return new PidFd(kernel, new Descriptor(kernel, (int) fd), pid);
  }

  /**
   * Takes hold of a child that was just started. When that fails the child is ended: nobody would
   * watch it.
   */
  public static PidFd adopt(Kernel kernel, long child) throws KernelException {
    try {
      return open(kernel, child);
    } catch (KernelException failure) {
      // No other process can have its PID: it was not waited for yet.
      kernel.call(SystemCall.KILL, child, Signal.KILL.number(), 0);
      try {
        var _ = awaitExit(kernel, P_PID, child, child);
      } catch (KernelException unwaitable) {
        failure.addSuppressed(unwaitable);
      }
      throw failure;
    }
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
   * Sends a signal to the group that this process leads; nothing when it leads none. The process
   * must be a child that was not waited for yet: only then the number is surely its own.
   */
  void sendToGroup(Signal signal) throws KernelException {
    long result = kernel.call(SystemCall.KILL, -pid, signal.number(), 0);
    if (result != -Errno.ESRCH.number()) {
      KernelException.check(result, "kill " + signal + " to process group " + pid);
    }
  }

  Kernel kernel() {
    return kernel;
  }

  /**
   * Waits until a child has ended, and reaps it.
   *
   * @return its exit code, or 128 and the number of the signal that killed it
   */
  public int awaitExit() throws KernelException {
    return awaitExit(kernel, P_PIDFD, descriptor.number(), pid);
  }

  /**
   * Waits until the process has ended, a child or not; a child is not reaped.
   *
   * @return whether it has ended within the time
   */
  public boolean awaitEnd(Duration time) throws KernelException {
    return poll(Optional.of(time));
  }

  /** Waits until the process has ended, a child or not; a child is not reaped. */
  public void awaitEnd() throws KernelException {
    var _ = poll(Optional.empty());
  }

  private boolean poll(Optional<Duration> time) throws KernelException {
    long deadline = System.nanoTime() + time.orElse(Duration.ZERO).toNanos();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment poll = arena.allocate(POLLFD_SIZE, 8);
      MemorySegment limit = arena.allocate(TIMESPEC_SIZE, 8);
      poll.set(ValueLayout.JAVA_INT, 0, descriptor.number());
      poll.set(ValueLayout.JAVA_SHORT, POLLFD_EVENTS, POLLIN);
      while (true) {
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        limit.set(ValueLayout.JAVA_LONG, 0, left.toSeconds());
        limit.set(ValueLayout.JAVA_LONG, TIMESPEC_NANOS, left.toNanosPart());
        long result =
            kernel.call(
                SystemCall.PPOLL,
                poll.address(),
                1,
                time.isPresent() ? limit.address() : 0,
                0,
                SIGSET_SIZE,
                0);
        if (result == -Errno.ENOMEM.number()) {
          // There is memory again, or the kernel ends somebody: this process must not be missed.
          LockSupport.parkNanos(PAUSE.toNanos());
        } else if (result != -Errno.EINTR.number()) {
          return KernelException.check(result, "ppoll of process " + pid) > 0;
        }
      }
    }
  }

  private static int awaitExit(Kernel kernel, int kind, long id, long pid) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(SIGINFO_SIZE, 8);
      while (true) {
        long result = kernel.call(SystemCall.WAITID, kind, id, info.address(), WEXITED, 0, 0);
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
