package dev.warren.selftest.run;

import java.nio.file.Path;
import java.util.List;

/**
 * Keeps the lab of the first failure up, and lets no other suite begin meanwhile, in any lab of the
 * run. For any thread.
 */
public final class Hold {
  private final Keeper keeper;
  private boolean begun;
  private boolean held;

  /** Shows a lab to somebody, and returns when it is needed no longer. */
  @FunctionalInterface
  public interface Keeper {
    /** Called once in a run. */
    void keep(HeldLab lab) throws InterruptedException;
  }

  /**
   * The lab that is kept.
   *
   * @param name of the lab
   * @param suite the suite that failed
   * @param hosts the host where the suite ran, or would have, then the others that matter to it
   * @param variables a file for a shell in any of the hosts, with the variables of the suite
   */
  public record HeldLab(String name, String suite, List<String> hosts, Path variables) {
    /** Copies the list. */
    public HeldLab {
      hosts = List.copyOf(hosts);
    }
  }

  /** With who is asked. */
  public Hold(Keeper keeper) {
    this.keeper = keeper;
  }

  /** Returns when no lab is held. */
  synchronized void pass() throws InterruptedException {
    while (held) {
      wait();
    }
  }

  /** Whether the next failure is the first; if so it is not any more, and its lab is to be kept. */
  synchronized boolean isFirst() {
    if (begun) {
      return false;
    }
    begun = true;
    held = true;
    return true;
  }

  /** Keeps a lab for which {@link #isFirst} was true. */
  void keep(HeldLab lab) throws InterruptedException {
    try {
      keeper.keep(lab);
    } finally {
      release();
    }
  }

  /** Lets the others go on. */
  synchronized void release() {
    held = false;
    notifyAll();
  }
}
