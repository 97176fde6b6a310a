package dev.warren.lab.process;

import dev.warren.lab.description.SignalName;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A process and all that it started, as any system with Java sees them: its descendants, and those
 * that somebody else finds. A {@link ProcessHandle} is one process and no later one with its PID.
 */
public final class HandleTree {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  /** A process that waits for a device cannot be killed before it has it: not for ever. */
  private static final int LOOKS = 200;

  private final Optional<Process> root;
  private final Supplier<Collection<ProcessHandle>> strays;
  private final Set<ProcessHandle> members = new HashSet<>();

  private HandleTree(Optional<Process> root, Supplier<Collection<ProcessHandle>> strays) {
    this.root = root;
    this.strays = strays;
  }

  /** A process and its descendants. */
  public static HandleTree of(Process root) {
    return new HandleTree(Optional.of(root), Set::of);
  }

  /**
   * A process, its descendants and more.
   *
   * @param strays finds those that belong to it although they are nobody's descendants any more
   */
  public static HandleTree of(Process root, Supplier<Collection<ProcessHandle>> strays) {
    return new HandleTree(Optional.of(root), strays);
  }

  /** Those that somebody finds, and their descendants. */
  public static HandleTree of(Supplier<Collection<ProcessHandle>> strays) {
    return new HandleTree(Optional.empty(), strays);
  }

  /** Those that run now. */
  public Set<ProcessHandle> members() {
    grow();
    return Set.copyOf(members);
  }

  /** Sends all a signal. */
  public void send(SignalName signal) {
    grow();
    members.forEach(member -> send(member, signal));
  }

  /**
   * Sends all a signal, lets those go on that are stopped, waits until all have ended, and kills
   * those that have not within a time. An interrupt only shortens the wait.
   */
  public void end(SignalName signal, Duration within) {
    send(signal);
    members.forEach(member -> send(member, SignalName.CONT));
    boolean interrupted = !await(within);
    interrupted |= !killAll();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills all, and those that they start meanwhile, until none is left. */
  public void kill() {
    if (!killAll()) {
      Thread.currentThread().interrupt();
    }
  }

  /** False when interrupted. */
  private boolean killAll() {
    boolean interrupted = false;
    grow();
    for (int look = 0; look < LOOKS && !members.isEmpty(); look++) {
      members.forEach(ProcessHandle::destroyForcibly);
      try {
        Thread.sleep(LOOK_AGAIN);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      grow();
    }
    return !interrupted;
  }

  /** Waits until all have ended or the time is over; false when interrupted. */
  private boolean await(Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    try {
      if (root.isPresent() && !root.get().waitFor(within.toNanos(), TimeUnit.NANOSECONDS)) {
        return true;
      }
      grow();
      while (System.nanoTime() < deadline && !members.isEmpty()) {
        Thread.sleep(LOOK_AGAIN);
        grow();
      }
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** Forgets who has ended, and adds who belongs to the rest. */
  private void grow() {
    root.filter(Process::isAlive).ifPresent(process -> members.add(process.toHandle()));
    members.addAll(strays.get());
    Set<ProcessHandle> more = new HashSet<>();
    members.forEach(member -> member.descendants().forEach(more::add));
    members.addAll(more);
    members.removeIf(member -> !member.isAlive() || member.equals(ProcessHandle.current()));
  }

  /** Sends a process a signal; nothing when it has ended, or is somebody else's. */
  public static void send(ProcessHandle process, SignalName signal) {
    if (!process.isAlive()) {
      return;
    }
    switch (signal) {
      case TERM -> process.destroy();
      case KILL -> process.destroyForcibly();
      default -> kill(Long.toString(process.pid()), signal);
    }
  }

  /** By the shell's own kill, which every POSIX system has. */
  static void kill(String target, SignalName signal) {
    try {
      Process kill =
          new ProcessBuilder("sh", "-c", "kill -s \"$1\" -- \"$2\"", "sh", signal.name(), target)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      kill.waitFor();
    } catch (IOException noShell) {
      // Then it gets the next one, which needs none.
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends a signal to a process group, by the PID of the process that made it. */
  public static void sendToGroup(long group, SignalName signal) {
    kill("-" + group, signal);
  }
}
