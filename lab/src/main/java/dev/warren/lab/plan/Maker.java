package dev.warren.lab.plan;

import dev.warren.lab.host.HostThread;
import dev.warren.linux.kernel.KernelException;
import org.jspecify.annotations.Nullable;

/**
 * Where hosts are made, one after the other: a thread that goes from one into the next, where the
 * kernel lets it, and another for each where it does not.
 */
final class Maker implements AutoCloseable {
  private final String name;
  private @Nullable HostThread thread;

  Maker(int number) {
    name = "warren-host-" + number;
  }

  /** The thread for the next host; nothing else uses it until that is made. */
  HostThread thread() throws KernelException {
    HostThread present = thread;
    if (present == null) {
      present = HostThread.outside(name);
      thread = present;
    }
    return present;
  }

  /** Lets the thread end where it is. */
  @Override
  public void close() {
    if (thread != null) {
      thread.close();
      thread = null;
    }
  }
}
