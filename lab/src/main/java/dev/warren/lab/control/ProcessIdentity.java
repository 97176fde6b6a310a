package dev.warren.lab.control;

import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.process.PidFd;
import dev.warren.linux.process.ProcessStat;
import dev.warren.linux.process.Signal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One process and no other: a PID alone is given away again.
 *
 * @param pid as this process sees it
 * @param start when it began, in clock ticks since the machine did (field 22 of /proc/PID/stat, see
 *     proc(5))
 */
public record ProcessIdentity(long pid, long start) {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,9}) (0|[1-9][0-9]{0,17})");

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
    Matcher form = FORM.matcher(text.strip());
    return form.matches()
        ? Optional.of(
                new ProcessIdentity(Long.parseLong(form.group(1)), Long.parseLong(form.group(2))))
            .filter(ProcessIdentity::isPossible)
        : Optional.empty();
  }

  /** Whether there can be such a process at all; PIDs are positive numbers of 32 bits. */
  boolean isPossible() {
    return pid > 0 && pid <= Integer.MAX_VALUE && start >= 0;
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return of(pid).filter(now -> now.start == start).isPresent();
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
