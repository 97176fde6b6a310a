package dev.warren.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ctrl-C and SIGTERM: what a command has made is taken down before the JVM ends. The JVM's shutdown
 * hook asks the command to end, and waits until it has.
 */
final class EndSignal {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicInteger exitCode = new AtomicInteger(ExitCode.INTERRUPTED);

  private final AtomicBoolean once = new AtomicBoolean();
  private final Optional<Thread> worker;

  private EndSignal(Optional<Thread> worker) {
    this.worker = worker;
  }

  /** Takes the signals over, for the rest of this JVM's life. */
  static EndSignal install() {
    return install(Optional.empty());
  }

  /** As {@link #install()}; the thread is interrupted when somebody asks for the end. */
  static EndSignal interrupting(Thread worker) {
    return install(Optional.of(worker));
  }

  private static EndSignal install(Optional<Thread> worker) {
    EndSignal signal = new EndSignal(worker);
    Runtime.getRuntime().addShutdownHook(new Thread(signal::endCommand, "end"));
    return signal;
  }

  private void endCommand() {
    boolean bySignal = ended.getCount() > 0;
    if (bySignal) {
      ask();
    }
    try {
      ended.await();
    } catch (InterruptedException impossible) {
      Thread.currentThread().interrupt();
    }
    if (bySignal) {
      // Only a hook can choose the exit code of a JVM that a signal ends.
      Runtime.getRuntime().halt(exitCode.get());
    }
  }

  /** Asks for the end; a second time does nothing. */
  void ask() {
    if (once.compareAndSet(false, true)) {
      // In this order: an interrupt after await() has returned would hit the taking down.
      worker.ifPresent(Thread::interrupt);
      asked.countDown();
    }
  }

  /** Returns when somebody asks for the end. */
  void await() throws InterruptedException {
    asked.await();
  }

  /** Returns then, or after this time. */
  void await(Duration limit) throws InterruptedException {
    boolean _ = asked.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether somebody asked for the end. */
  boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** The command has taken everything down; if a signal ended it, the JVM ends with this code. */
  void complete(int code) {
    exitCode.set(code);
    ended.countDown();
  }
}
