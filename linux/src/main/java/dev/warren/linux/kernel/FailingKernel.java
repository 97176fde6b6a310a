package dev.warren.linux.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A kernel that refuses one call on demand, for tests of what happens then: it counts the calls
 * that it is asked to watch and fails the Nth; all others reach the real kernel.
 */
public final class FailingKernel implements Kernel {
  private final Kernel real;
  private final Predicate<SystemCall> watched;
  private final int nth;
  private final Function<Optional<SystemCall>, Errno> errno;
  private final AtomicInteger seen = new AtomicInteger();
  private volatile Optional<Failure> failure = Optional.empty();

  /**
   * The call that failed.
   *
   * @param call empty when it was the start of a process
   * @param errno what the caller was told
   * @param thread who made it
   */
  public record Failure(Optional<SystemCall> call, Errno errno, String thread) {
    @Override
    public String toString() {
      return "%s with %s on %s"
          .formatted(call.map(SystemCall::toString).orElse("spawn"), errno.name(), thread);
    }
  }

  /**
   * Fails one call.
   *
   * @param watched which system calls count; starting a process always counts
   * @param nth the call that fails, from 1; 0 fails none and only counts
   */
  public FailingKernel(Kernel real, Predicate<SystemCall> watched, int nth, Errno errno) {
    this(real, watched, nth, _ -> errno);
  }

  /**
   * Fails one call with an error of its own.
   *
   * @param errno of the call that it comes to; of the start of a process when that is empty
   */
  public FailingKernel(
      Kernel real,
      Predicate<SystemCall> watched,
      int nth,
      Function<Optional<SystemCall>, Errno> errno) {
    this.real = real;
    this.watched = watched;
    this.nth = nth;
    this.errno = errno;
  }

  /** How many watched calls came by so far. */
  public int seen() {
    return seen.get();
  }

  /** The call that failed, once it has. */
  public Optional<Failure> failure() {
    return failure;
  }

  @Override
  public long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
    if (watched.test(call) && seen.incrementAndGet() == nth) {
      if (call == SystemCall.CLOSE) {
        // Whatever close(2) returns, Linux has closed it.
        real.call(call, a, b, c, d, e, f);
      }
      return fail(Optional.of(call));
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
      return fail(Optional.empty());
    }
    return real.spawn(path, fileActions, attributes, argv, envp);
  }

  private int fail(Optional<SystemCall> call) {
    Errno chosen = errno.apply(call);
    failure = Optional.of(new Failure(call, chosen, Thread.currentThread().getName()));
    return -chosen.number();
  }
}
