package dev.warren.lab.control;

import dev.warren.linux.process.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Ends a running lab from another process. */
public final class Shutdown {
  /** How often to look whether a process has ended: nothing tells of one that is not a child. */
  private static final long PAUSE_MILLIS = 10;

  private Shutdown() {}

  /**
   * Asks the supervisor to end the lab (SIGTERM), and kills it when it has not in that time: its
   * hosts end with it either way.
   *
   * @return whether it ended by itself
   * @throws IOException when the process is not the caller's, or outlives even SIGKILL
   */
  public static boolean of(RunningLab lab, Duration grace)
      throws IOException, InterruptedException {
    lab.supervisor().send(Signal.TERM);
    if (awaitEnd(lab.supervisor(), grace)) {
      return true;
    }
    lab.supervisor().send(Signal.KILL);
    if (!awaitEnd(lab.supervisor(), grace)) {
      throw new IOException(
          "the supervisor of lab \"%s\", PID %d, does not end, not even by SIGKILL: it hangs in the kernel"
              .formatted(lab.name(), lab.supervisor().pid()));
    }
    return false;
  }

  private static boolean awaitEnd(ProcessIdentity process, Duration grace)
      throws InterruptedException {
    long deadline = System.nanoTime() + grace.toNanos();
    while (process.isAlive()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    return true;
  }
}
