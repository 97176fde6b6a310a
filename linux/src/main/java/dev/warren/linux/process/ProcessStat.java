package dev.warren.linux.process;

import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A process as /proc/PID/stat has it, see proc_pid_stat(5). PIDs are those of the PID namespace
 * that this process's /proc shows.
 *
 * @param pid its number
 * @param name of its program, at most 15 characters
 * @param state one letter: R runs, S sleeps, D waits for a device, T is stopped, t is traced, Z has
 *     ended but was not waited for, X is gone
 * @param parent the PID of its parent; 0 when that is in no namespace that we see
 * @param group the PID of the leader of its process group
 * @param session the PID of the leader of its session
 * @param cpu the processor time that it has used, in steps of 10 ms
 * @param start when it began, in clock ticks since the machine did; with the PID it names one
 *     process and no other
 */
public record ProcessStat(
    long pid,
    String name,
    char state,
    long parent,
    long group,
    long session,
    Duration cpu,
    long start) {
  /** Places of the fields after the name, counted from field 3, the state. */
  private static final int STATE = 0;

  private static final int PARENT = 4 - 3;
  private static final int GROUP = 5 - 3;
  private static final int SESSION = 6 - 3;
  private static final int USER_TIME = 14 - 3;
  private static final int SYSTEM_TIME = 15 - 3;
  private static final int START = 22 - 3;

  /** A clock tick as user space sees it: USER_HZ is 100 (asm-generic/param.h). */
  private static final long TICK_MILLIS = 10;

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private static final Path PROC = Path.of("/proc");

  /** The process that has this PID now; empty when there is none. */
  public static Optional<ProcessStat> of(long pid) {
    try {
      // The name may be no UTF-8.
      Path file = PROC.resolve(Long.toString(pid)).resolve("stat");
      return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** All processes that /proc shows. */
  public static List<ProcessStat> all() {
    List<ProcessStat> all = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        of(Long.parseLong(process.getFileName().toString())).ifPresent(all::add);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("reading /proc", failure);
    }
    return all;
  }

  /** What the file says; empty when it is none that the kernel writes. */
  static Optional<ProcessStat> parse(String stat) {
    // The name in brackets may hold anything.
    int open = stat.indexOf('(');
    int close = stat.lastIndexOf(')');
    if (close < open || !stat.startsWith(" (", open - 1) || !stat.startsWith(") ", close)) {
      return Optional.empty();
    }
    List<String> fields = List.of(stat.substring(close + 2).split(" "));
    if (fields.size() <= START || !isLetter(fields.get(STATE))) {
      return Optional.empty();
    }
    try {
      long ticks = Math.addExact(number(fields.get(USER_TIME)), number(fields.get(SYSTEM_TIME)));
      return Optional.of(
          new ProcessStat(
              number(stat.substring(0, open - 1)),
              stat.substring(open + 1, close),
              fields.get(STATE).charAt(0),
              number(fields.get(PARENT)),
              number(fields.get(GROUP)),
              number(fields.get(SESSION)),
              Duration.ofMillis(Math.multiplyExact(ticks, TICK_MILLIS)),
              number(fields.get(START))));
    } catch (NumberFormatException | ArithmeticException malformed) {
      return Optional.empty();
    }
  }

  private static boolean isLetter(String field) {
    return field.length() == 1
        && (field.charAt(0) | 0x20) >= 'a'
        && (field.charAt(0) | 0x20) <= 'z';
  }

  /** Those that we read are never negative, and shorter than a long. */
  private static long number(String field) {
    if (!NUMBER.matcher(field).matches()) {
      throw new NumberFormatException(field);
    }
    return Long.parseLong(field);
  }

  /** Whether nothing but its exit status is left. */
  public boolean hasEnded() {
    return state == 'Z' || state == 'X';
  }

  /** Whether it is stopped, by a signal or by who traces it. */
  public boolean isStopped() {
    return state == 'T' || state == 't';
  }

  /** Whether that is the same process at another time. */
  public boolean isSame(ProcessStat other) {
    return pid == other.pid && start == other.start;
  }

  /**
   * Sends a signal to this process, never to a later one with its PID; nothing when it has ended.
   *
   * @throws KernelException when it belongs to somebody else
   */
  public void send(Kernel kernel, Signal signal) throws KernelException {
    try (PidFd process = PidFd.open(kernel, pid)) {
      // Looked at after it was opened: what the descriptor holds is this very process.
      if (of(pid).filter(this::isSame).isPresent()) {
        process.send(signal);
      }
    } catch (KernelException failure) {
      if (!failure.is(Errno.ESRCH)) {
        throw failure;
      }
    }
  }
}
