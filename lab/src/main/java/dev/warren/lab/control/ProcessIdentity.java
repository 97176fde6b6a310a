package dev.warren.lab.control;

import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.process.PidFd;
import dev.warren.linux.process.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One process and no other: a PID alone is given away again.
 *
 * @param pid as this process sees it
 * @param start when it began, in clock ticks since the machine did (field 22 of /proc/PID/stat, see
 *     proc(5))
 */
public record ProcessIdentity(long pid, long start) {
  /** Places of the fields after the name, counted from field 3, the state. */
  private static final int STATE = 0;

  private static final int START = 22 - 3;

  /** This process. */
  public static ProcessIdentity current() {
    long pid = ProcessHandle.current().pid();
    return of(pid)
        .orElseThrow(() -> new IllegalStateException("/proc does not show process " + pid));
  }

  /** The process that has this PID now; empty when there is none, or only its exit status. */
  public static Optional<ProcessIdentity> of(long pid) {
    String stat;
    try {
      stat =
          Files.readString(
              Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return Optional.empty();
    }
    // The name may hold blanks and brackets.
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" "));
    if (fields.size() <= START || fields.get(STATE).matches("[ZX]")) {
      return Optional.empty();
    }
    return Optional.of(new ProcessIdentity(pid, Long.parseLong(fields.get(START))));
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
