package dev.warren.lab.host;

import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.process.ProcessStat;
import dev.warren.linux.process.Signal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Ends a process with all that it started: its descendants, and who else is in its session, as a
 * script in a host is the leader of a session of its own.
 */
final class SessionTree {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  /** A process that waits for a device cannot be killed before it has it: not for ever. */
  private static final int LOOKS = 200;

  private final Process root;

  /** Who belongs to it, by PID: with the start time, as PIDs are given away again. */
  private final Map<Long, ProcessStat> members = new HashMap<>();

  private SessionTree(Process root) {
    this.root = root;
  }

  /**
   * Sends all a signal, lets those go on that are stopped, waits until all have ended, and kills
   * those that have not within a time. An interrupt only shortens the wait.
   */
  static void end(Process process, Signal signal, Duration within) {
    SessionTree tree = new SessionTree(process);
    tree.grow();
    tree.send(signal);
    // Who is stopped, as in a frozen host, takes no other signal before it goes on.
    tree.send(Signal.CONT);
    boolean interrupted = !tree.await(within);
    interrupted |= !tree.kill();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills what a process left behind in its session, when it has ended itself. */
  static void killRest(Process ended) {
    if (!new SessionTree(ended).kill()) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills all, and those that they start meanwhile, until none is left; false when interrupted. */
  private boolean kill() {
    boolean interrupted = false;
    for (int look = 0; look < LOOKS && hasMembers(); look++) {
      send(Signal.KILL);
      try {
        Thread.sleep(LOOK_AGAIN);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return !interrupted;
  }

  /** Waits until all have ended or the time is over; false when interrupted. */
  private boolean await(Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    try {
      if (!root.waitFor(within.toNanos(), TimeUnit.NANOSECONDS)) {
        return true;
      }
      while (System.nanoTime() < deadline && hasMembers()) {
        Thread.sleep(LOOK_AGAIN);
      }
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private boolean hasMembers() {
    grow();
    return !members.isEmpty();
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
    for (ProcessStat process : ProcessStat.all()) {
      if (!process.hasEnded()) {
        entries.put(process.pid(), process);
      }
    }
    return entries;
  }
}
