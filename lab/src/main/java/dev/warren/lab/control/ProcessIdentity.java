package dev.warren.lab.control;

import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.process.PidFd;
import dev.warren.linux.process.ProcessStat;
import dev.warren.linux.process.Signal;
import java.util.Optional;

/**
 * One process and no other: a PID alone is given away again.
 *
 * @param pid as this process sees it
 * @param start when it began, in clock ticks since the machine did (field 22 of /proc/PID/stat, see
 *     proc(5))
 */
public record ProcessIdentity(long pid, long start) {
  /** This process. */
  public static ProcessIdentity current() {
    long pid = ProcessHandle.current().pid();
    return of(pid)
        .orElseThrow(() -> new IllegalStateException("/proc does not show process " + pid));
  }

  /** The process that has this PID now; empty when there is none, or only its exit status. */
  public static Optional<ProcessIdentity> of(long pid) {
    return ProcessStat.of(pid)
        .filter(process -> !process.hasEnded())
        .map(process -> new ProcessIdentity(pid, process.start()));
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @return empty when it is something else
   */
  static Optional<ProcessIdentity> parse(String text) {
    String[] words = text.strip().split(" ", -1);
    try {
      return words.length == 2
          ? Optional.of(new ProcessIdentity(Long.parseLong(words[0]), Long.parseLong(words[1])))
          : Optional.empty();
    } catch (NumberFormatException damaged) {
      return Optional.empty();
    }
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return of(pid).equals(Optional.of(this));
  }

  /**
   * Sends a signal to this process, never to a later one with its PID; nothing when it has ended.
   *
   * @throws KernelException when it belongs to somebody else
   */
  public void send(Signal signal) throws KernelException {
    try (PidFd process = PidFd.open(Kernel.real(), pid)) {
      if (isAlive()) {
        process.send(signal);
      }
    } catch (KernelException failure) {
      if (!failure.is(Errno.ESRCH)) {
        throw failure;
      }
    }
  }

  @Override
  public String toString() {
    return pid + " " + start;
  }
}
