package dev.warren.lab.dns;

import dev.warren.lab.process.LabThreads;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that waits for many channels. It never opens a socket of its own, so it does not
 * matter which host its channels belong to. Everything but {@link #execute} and {@link #close} is
 * for that thread only.
 */
final class EventLoop implements AutoCloseable {

  /** Whom a channel's events go to. */
  interface Handler {

    /** The channel can do something that was asked for. What is thrown closes the handler. */
    void ready(SelectionKey key) throws IOException;

    /** The channel broke, or the loop ends. */
    void close();
  }

  /** Something that will be done at a time, unless it is cancelled before. */
  static final class Deadline {
    private final long nanoTime;
    private final Runnable action;
    private boolean cancelled;

    private Deadline(long nanoTime, Runnable action) {
      this.nanoTime = nanoTime;
      this.action = action;
    }

    void cancel() {
      cancelled = true;
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

  private final Selector selector;
  private final Thread thread;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Deadline> deadlines =
      new PriorityQueue<>((a, b) -> Long.signum(a.nanoTime - b.nanoTime));

  private volatile boolean closing;

  EventLoop(String name) throws IOException {
    selector = Selector.open();
    thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  /** Closes itself when there may be no more threads. */
  void start() throws IOException {
    try {
      LabThreads.start(thread);
    } catch (IOException failure) {
      selector.close();
      throw failure;
    }
  }

  /** Has the thread do something soon; false when the loop has ended. From any thread. */
  boolean execute(Runnable task) {
    synchronized (tasks) {
      if (closing) {
        return false;
      }
      tasks.add(task);
    }
    selector.wakeup();
    return true;
  }

  /** Waits for a channel's events. */
  SelectionKey register(SelectableChannel channel, int events, Handler handler) throws IOException {
    channel.configureBlocking(false);
    return channel.register(selector, events, handler);
  }

  /** Does something after a while. */
  Deadline after(Duration delay, Runnable action) {
    Deadline deadline = new Deadline(System.nanoTime() + delay.toNanos(), action);
    deadlines.add(deadline);
    return deadline;
  }

  /** Closes every handler and ends the thread; returns when it has ended. From any thread. */
  @Override
  public void close() {
    synchronized (tasks) {
      closing = true;
    }
    selector.wakeup();
    boolean interrupted = false;
    while (thread.isAlive() && Thread.currentThread() != thread) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (selector) {
      while (!closing) {
        selector.select(untilNextDeadline());
        runTasks();
        runDeadlines();
        for (SelectionKey key : selector.selectedKeys()) {
          handle(key);
        }
        selector.selectedKeys().clear();
      }
      runTasks();
      List.copyOf(selector.keys()).forEach(key -> ((Handler) key.attachment()).close());
    } catch (IOException e) {
      LOG.error("The DNS service ends: waiting for its sockets failed", e);
    }
  }

  /** In milliseconds, rounded up; 0 is for ever. */
  private long untilNextDeadline() {
    while (!deadlines.isEmpty() && deadlines.element().cancelled) {
      deadlines.remove();
    }
    if (deadlines.isEmpty()) {
      return 0;
    }
    long nanos = deadlines.element().nanoTime - System.nanoTime();
    return Math.max(1, (nanos + 999_999) / 1_000_000);
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      guarded(task);
    }
  }

  private void runDeadlines() {
    long now = System.nanoTime();
    while (!deadlines.isEmpty() && deadlines.element().nanoTime - now <= 0) {
      Deadline deadline = deadlines.remove();
      if (!deadline.cancelled) {
        guarded(deadline.action);
      }
    }
  }

  private static void handle(SelectionKey key) {
    Handler handler = (Handler) key.attachment();
    try {
      if (key.isValid()) {
        handler.ready(key);
      }
    } catch (IOException e) {
      LOG.debug("A connection of the DNS service broke", e);
      handler.close();
    } catch (RuntimeException e) {
      // Of ours, at what somebody sent: it must not end the thread that serves all.
      LOG.error("A mistake in the DNS service: one connection is closed, the others go on", e);
      handler.close();
    }
  }

  private static void guarded(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      // As above.
      LOG.error("A mistake in the DNS service, which goes on", e);
    }
  }
}
