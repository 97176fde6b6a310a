package dev.warren.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ctrl-C and SIGTERM: what a command has made is taken down before the JVM ends. The JVM's shutdown
 * hook asks the command to end, and waits until it has. A second signal ends the JVM at once; hosts
 * end with it.
 */
final class EndSignal {
  /** What ends a program: a terminal that is gone, Ctrl-C, kill. */
  private static final List<String> SIGNALS = List.of("HUP", "INT", "TERM");

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicInteger exitCode = new AtomicInteger(ExitCode.INTERRUPTED);

  private final AtomicBoolean once = new AtomicBoolean();
  private final AtomicInteger signals = new AtomicInteger();
  private final AtomicReference<Optional<Runnable>> instead =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Runnable> onAsk = new AtomicReference<>(() -> {});
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
    SIGNALS.forEach(name -> Signals.handle(name, signal::take));
    return signal;
  }

  private void take(int number) {
    Optional<Runnable> other = instead.getAndSet(Optional.empty());
    if (other.isPresent()) {
      other.get().run();
    } else if (signals.incrementAndGet() == 1) {
      // As the JVM does it itself: the hook takes it from here.
      Runtime.getRuntime().exit(128 + number);
    } else {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
  }

  /** The next signal, and only that, asks for this and not for the end. */
  void nextIs(Runnable action) {
    instead.set(Optional.of(action));
  }

  /** The next signal asks for the end again. */
  void nextIsTheEnd() {
    instead.set(Optional.empty());
  }

  /** Called when somebody asks for the end, before anything ends. */
  void onAsk(Runnable action) {
    onAsk.set(action);
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
      onAsk.get().run();
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
