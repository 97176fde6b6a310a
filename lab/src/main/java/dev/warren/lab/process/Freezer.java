package dev.warren.lab.process;

import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.process.ProcessStat;
import dev.warren.linux.process.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Stops all processes of a host and lets them go on, by SIGSTOP and SIGCONT: that needs no cgroup
 * and no power but that over the processes.
 *
 * <p>The host's init goes on: while it is stopped nobody would notice that the JVM has ended. A
 * process that was stopped before stays stopped; one that is started in a frozen host runs.
 */
public final class Freezer {
  /** A process that forks faster than it is stopped would never be caught. */
  private static final int MOST_ROUNDS = 200;

  private static final long PAUSE_MILLIS = 5;

  private final long init;
  private final Kernel kernel;
  private final List<ProcessStat> stopped = new ArrayList<>();

  /**
   * Who waits outside for processes of the host: nsenter(1) and script(1) stop themselves when the
   * command that they wait for is stopped.
   */
  private final List<ProcessStat> launchers = new ArrayList<>();

  /**
   * Freezes one host.
   *
   * @param init the PID of its init, as the machine counts
   */
  public Freezer(Kernel kernel, long init) {
    this.kernel = kernel;
    this.init = init;
  }

  /** Whether the host's processes are stopped by this. */
  public synchronized boolean isFrozen() {
    return !stopped.isEmpty();
  }

  /**
   * Stops all processes but init, and returns when all have stopped. Frozen again, it stops those
   * that were started meanwhile.
   *
   * @return how many were stopped by this call
   * @throws IOException when some go on all the same; those that were stopped by this call run
   *     again
   */
  public synchronized int freeze() throws IOException {
    List<ProcessStat> now = new ArrayList<>();
    try {
      for (int round = 0; round < MOST_ROUNDS; round++) {
        List<ProcessStat> running = running();
        if (running.isEmpty()) {
          stopped.addAll(now);
          return now.size();
        }
        launchers.addAll(launchersOf(running));
        for (ProcessStat process : running) {
          process.send(kernel, Signal.STOP);
          if (now.stream().noneMatch(process::isSame)) {
            now.add(process);
          }
        }
        pause();
      }
      throw new IOException("some processes go on after SIGSTOP: " + names(running()));
    } catch (IOException | RuntimeException failure) {
      release(now);
      throw failure;
    }
  }

  /**
   * Lets those go on that were stopped, and those outside who wait for them.
   *
   * @return how many these were, without those that have ended
   */
  public synchronized int thaw() throws IOException {
    int running = release(stopped);
    stopped.clear();
    return running;
  }

  private List<ProcessStat> running() {
    return ProcessTable.read().of(init).stream()
        .filter(process -> !process.isInit())
        .map(HostProcessInfo::stat)
        .filter(process -> !process.isStopped() && !process.hasEnded())
        .toList();
  }

  private List<ProcessStat> launchersOf(List<ProcessStat> running) {
    Set<Long> inside =
        ProcessTable.read().of(init).stream().map(HostProcessInfo::pid).collect(Collectors.toSet());
    return running.stream()
        .map(ProcessStat::parent)
        .distinct()
        .filter(parent -> !inside.contains(parent) && parent != ProcessHandle.current().pid())
        .flatMap(parent -> ProcessStat.of(parent).stream())
        .toList();
  }

  /** Parents last: a shell that waits for its children is to find them running. */
  private int release(List<ProcessStat> processes) throws KernelException {
    int released = 0;
    for (ProcessStat process : processes.reversed()) {
      if (isThere(process)) {
        process.send(kernel, Signal.CONT);
        released++;
      }
    }
    for (ProcessStat launcher : launchers) {
      if (isThere(launcher)) {
        launcher.send(kernel, Signal.CONT);
      }
    }
    launchers.clear();
    return released;
  }

  private static boolean isThere(ProcessStat process) {
    return ProcessStat.of(process.pid()).filter(process::isSame).isPresent();
  }

  private static String names(List<ProcessStat> processes) {
    return String.join(
        ", ",
        processes.stream().map(process -> process.name() + " (" + process.pid() + ")").toList());
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException interrupt) {
      // Half a host is not to be left: the rounds are few.
      Thread.currentThread().interrupt();
    }
  }
}
