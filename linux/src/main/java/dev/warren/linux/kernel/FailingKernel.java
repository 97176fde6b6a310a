package dev.warren.linux.kernel;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A kernel that refuses one call on demand, for tests of what happens then: it counts the calls
 * that it is asked to watch and fails the Nth; all others reach the real kernel.
 */
public final class FailingKernel implements Kernel {
  private final Kernel real;
  private final Predicate<SystemCall> watched;
  private final int nth;
  private final Errno errno;
  private final AtomicInteger seen = new AtomicInteger();

  /**
   * Fails one call.
   *
   * @param watched which system calls count; starting a process always counts
   * @param nth the call that fails, from 1; 0 fails none and only counts
   */
  public FailingKernel(Kernel real, Predicate<SystemCall> watched, int nth, Errno errno) {
    this.real = real;
    this.watched = watched;
    this.nth = nth;
    this.errno = errno;
  }

  /** How many watched calls came by so far. */
  public int seen() {
    return seen.get();
  }

  @Override
  public long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
    if (watched.test(call) && seen.incrementAndGet() == nth) {
      return -errno.number();
    }
    return real.call(call, a, b, c, d, e, f);
  }

  @Override
  public int spawn(
      MemorySegment path,
      MemorySegment fileActions,
      MemorySegment attributes,
      MemorySegment argv,
      MemorySegment envp) {
    if (seen.incrementAndGet() == nth) {
      return -errno.number();
    }
    return real.spawn(path, fileActions, attributes, argv, envp);
  }
}
