package dev.warren.lab.process;

import dev.warren.lab.description.SignalName;
import java.time.Duration;

/** Ends a process with all that it started. */
public final class ProcessTree {
  /** How long processes have to end by themselves, unless told otherwise. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private ProcessTree() {}

  /** Asks all to end, waits a little, and kills the rest. An interrupt only shortens the wait. */
  public static void end(Process process) {
    if (process instanceof HostProcess inHost) {
      end(inHost, SignalName.TERM, GRACE);
    } else {
      HandleTree.of(process).end(SignalName.TERM, GRACE);
    }
  }

  /**
   * Sends all a signal, lets those go on that are stopped, waits until all have ended, and kills
   * those that have not within a time. An interrupt only shortens the wait.
   */
  public static void end(HostProcess process, SignalName signal, Duration within) {
    process.control().end(signal, within);
  }

  /** Kills what a process left behind, when it has ended itself. */
  public static void killRest(HostProcess ended) {
    ended.control().killRest();
  }
}
