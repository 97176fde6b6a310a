package dev.warren.lab.process;

import java.io.IOException;

/** Platform threads of the machine's, of which there may be too many. */
public final class LabThreads {
  private LabThreads() {}

  /**
   * Starts a daemon thread.
   *
   * @throws IOException when there may be no more; Java has an {@link OutOfMemoryError} for that,
   *     as if all were lost
   */
  public static Thread start(String name, Runnable work) throws IOException {
    Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(work);
    start(thread);
    return thread;
  }

  /** As {@link #start(String, Runnable)}, a thread that was made already. */
  public static void start(Thread thread) throws IOException {
    try {
      thread.start();
    } catch (OutOfMemoryError error) {
      if (!String.valueOf(error.getMessage()).contains("native thread")) {
        throw error;
      }
      throw new IOException(
          "start a thread: EAGAIN (Resource temporarily unavailable): no more processes allowed:"
              + " raise `ulimit -u`",
          error);
    }
  }
}
