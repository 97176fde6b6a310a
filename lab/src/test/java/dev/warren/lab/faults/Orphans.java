package dev.warren.lab.faults;

import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.kernel.SystemCall;
import dev.warren.linux.process.ProcessStat;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes in the processes whose parents end (prctl(2), PR_SET_CHILD_SUBREAPER): whatever a JVM that
 * was started from here leaves behind, is a descendant of this one, and of no other.
 */
final class Orphans implements AutoCloseable {
  /** From linux/prctl.h, linux/wait.h. */
  private static final int PR_SET_CHILD_SUBREAPER = 36;

  private static final int P_PID = 1;
  private static final int WNOHANG = 1;
  private static final int WEXITED = 4;
  private static final int SIGINFO_SIZE = 128;

  private final Kernel kernel = Kernel.real();

  /** Those that were there before are none of ours. */
  private final Set<Long> before = new HashSet<>();

  private final Thread reaper;
  private volatile boolean closed;

  Orphans() throws KernelException {
    all().forEach(process -> before.add(process.pid()));
    become(1);
    reaper = Thread.ofPlatform().daemon().name("reaper").start(this::reapAll);
  }

  /**
   * At once, as the machine's init does it: a host cannot end before all of it were reaped. The
   * kernel gives orphans to the first thread, to which Java gives no children.
   */
  private void reapAll() {
    long self = ProcessHandle.current().pid();
    Path orphans = Path.of("/proc/%d/task/%d/children".formatted(self, self));
    try {
      while (!closed) {
        for (String pid : Files.readString(orphans).strip().split(" ", -1)) {
          if (!pid.isEmpty()) {
            reap(Long.parseLong(pid));
          }
        }
        Thread.sleep(1);
      }
    } catch (IOException | InterruptedException untold) {
      // A kernel without the file (CONFIG_PROC_CHILDREN): they are reaped when they are seen.
    }
  }

  private void become(int reaper) throws KernelException {
    KernelException.check(
        kernel.call(SystemCall.PRCTL, PR_SET_CHILD_SUBREAPER, reaper, 0),
        "prctl PR_SET_CHILD_SUBREAPER");
  }

  /**
   * The descendants of this process that live. Orphans that have ended are reaped.
   *
   * @param known children whose own descendants do not count
   */
  List<ProcessStat> left(Set<Long> known) {
    List<ProcessStat> left = new ArrayList<>();
    for (ProcessStat process : all()) {
      if (known.contains(process.pid()) || before.contains(process.pid())) {
        continue;
      }
      if (process.hasEnded() && process.parent() == ProcessHandle.current().pid()) {
        reap(process.pid());
      } else {
        left.add(process);
      }
    }
    left.removeIf(process -> under(process, known, left));
    return left;
  }

  private boolean under(ProcessStat process, Set<Long> known, List<ProcessStat> all) {
    long parent = process.parent();
    while (!known.contains(parent)) {
      long child = parent;
      parent =
          all.stream()
              .filter(one -> one.pid() == child)
              .mapToLong(ProcessStat::parent)
              .findFirst()
              .orElse(0);
      if (parent == 0) {
        return false;
      }
    }
    return true;
  }

  private static List<ProcessStat> all() {
    Set<Long> family = new HashSet<>(Set.of(ProcessHandle.current().pid()));
    List<ProcessStat> machine = ProcessStat.all();
    List<ProcessStat> descendants = new ArrayList<>();
    boolean more = true;
    while (more) {
      more = false;
      for (ProcessStat process : machine) {
        if (family.contains(process.parent()) && family.add(process.pid())) {
          descendants.add(process);
          more = true;
        }
      }
    }
    return descendants;
  }

  private void reap(long pid) {
    try (Arena arena = Arena.ofConfined()) {
      kernel.call(
          SystemCall.WAITID,
          P_PID,
          pid,
          arena.allocate(SIGINFO_SIZE, 8).address(),
          WEXITED | WNOHANG,
          0,
          0);
    }
  }

  @Override
  public void close() throws KernelException {
    closed = true;
    try {
      reaper.join();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
    become(0);
  }
}
