package dev.warren.selftest.run;

import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.process.ProcessStat;
import dev.warren.linux.process.Signal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Ends a process with all that it started: its descendants, and who else is in its session, as a
 * script in a host is the leader of a session of its own.
 */
final class ProcessTree {
  /** How long processes have to end by themselves. */
  private static final long GRACE_MILLIS = 1000;

  /** A process may start another one while it is looked at; a second look finds that one. */
  private static final int LOOKS = 5;

  private final Process root;

  /** Who belongs to it, by PID: with the start time, as PIDs are given away again. */
  private final Map<Long, ProcessStat> members = new HashMap<>();

  private ProcessTree(Process root) {
    this.root = root;
  }

  /** Asks all to end, waits a little, and kills the rest. An interrupt only shortens the wait. */
  static void end(Process process) {
    ProcessTree tree = new ProcessTree(process);
    tree.grow();
    tree.send(Signal.TERM);
    boolean interrupted = !await(process);
    for (int look = 0; look < LOOKS && (tree.grow() || look == 0); look++) {
      tree.send(Signal.KILL);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean await(Process process) {
    try {
      process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void send(Signal signal) {
    for (ProcessStat member : members.values()) {
      try {
        member.send(Kernel.real(), signal);
      } catch (KernelException e) {
        // It is somebody else's by now; the others are not.
      }
    }
  }

  /** Forgets who has ended and adds who belongs to the rest; false when nobody new was found. */
  private boolean grow() {
    Map<Long, ProcessStat> entries = entries();
    members.values().removeIf(member -> !isIn(entries, member));
    Optional<ProcessStat> leader = Optional.ofNullable(entries.get(root.pid()));
    boolean found = false;
    if (leader.isPresent() && root.isAlive()) {
      // Alive after it was read, so its PID is still its own.
      found = members.put(root.pid(), leader.get()) == null;
    }
    // While a session has members the kernel keeps its number; a new leader has a new session.
    boolean sessionIsOurs = leader.isEmpty() || members.containsKey(root.pid());
    boolean growing = true;
    while (growing) {
      growing = false;
      for (ProcessStat entry : entries.values()) {
        if ((sessionIsOurs && entry.session() == root.pid())
            || members.containsKey(entry.parent())) {
          growing |= members.putIfAbsent(entry.pid(), entry) == null;
        }
      }
      found |= growing;
    }
    return found;
  }

  private static boolean isIn(Map<Long, ProcessStat> entries, ProcessStat process) {
    ProcessStat entry = entries.get(process.pid());
    return entry != null && entry.isSame(process);
  }

  private static Map<Long, ProcessStat> entries() {
    Map<Long, ProcessStat> entries = new HashMap<>();
    ProcessStat.all().forEach(process -> entries.put(process.pid(), process));
    return entries;
  }
}
