package dev.warren.lab.host;

import dev.warren.linux.kernel.Kernel;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A platform thread that enters a host once, does what it is given there, and ends. It never goes
 * back: inside a user namespace it could not.
 */
public final class HostThread implements AutoCloseable {
  /** What is to be done; an empty one ends the thread. */
  private final BlockingQueue<Optional<Runnable>> work = new LinkedBlockingQueue<>();

  private final Thread thread;

  private HostThread(String name) {
    thread = Thread.ofPlatform().daemon().name(name).unstarted(this::loop);
  }

  /** A thread that is in no host yet: its first work takes it into one. */
  public static HostThread outside(String name) {
    HostThread outside = new HostThread(name);
    outside.thread.start();
    return outside;
  }

  /** A thread inside a host. */
  public static HostThread inside(String name, HostNamespaces namespaces, Kernel kernel)
      throws IOException {
    HostThread thread = outside(name);
    try {
      thread.run(() -> namespaces.enter(kernel));
      return thread;
    } catch (IOException failure) {
      thread.close();
      throw failure;
    }
  }

  private void loop() {
    for (Optional<Runnable> next = take(); next.isPresent(); next = take()) {
      next.get().run();
    }
  }

  /** The next work. An interrupt is meant for the work: one that comes early is kept for it. */
  private Optional<Runnable> take() {
    boolean interrupted = false;
    while (true) {
      try {
        Optional<Runnable> next = work.take();
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        return next;
      } catch (InterruptedException early) {
        interrupted = true;
      }
    }
  }

  /** Work that has no result. */
  @FunctionalInterface
  public interface Action {
    /** Does it. */
    void run() throws IOException;
  }

  /**
   * Does something there and waits for it, whatever happens: what it makes must reach whoever is to
   * take it back. An interrupt of the caller is kept for later.
   */
  public void run(Action action) throws IOException {
    var _ =
        get(
            () -> {
              action.run();
              return true;
            });
  }

  /** Work that has a result. */
  @FunctionalInterface
  public interface Source<T> {
    /** Does it. */
    T get() throws IOException;
  }

  /** As {@link #run}, for work that has a result. */
  public <T> T get(Source<T> source) throws IOException {
    try {
      return await(source::get, () -> {});
    } catch (IOException | RuntimeException failure) {
      throw failure;
    } catch (Exception impossible) {
      throw new AssertionError("an action throws nothing else", impossible);
    }
  }

  /**
   * Does something there, waits for it, and gives its result or throws what it threw. An interrupt
   * of the caller interrupts it; the caller waits for its end all the same.
   */
  public <T> T call(Callable<T> body) throws Exception {
    return await(body, thread::interrupt);
  }

  private <T> T await(Callable<T> body, Runnable onInterrupt) throws Exception {
    FutureTask<T> task = new FutureTask<>(body);
    work.add(Optional.of(task));
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException interrupt) {
          interrupted = true;
          onInterrupt.run();
        }
      }
    } catch (ExecutionException failure) {
      throw switch (failure.getCause()) {
        case Exception cause -> cause;
        case Error error -> throw error;
        case null, default -> failure;
      };
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Lets the thread end after the work that it has. */
  @Override
  public void close() {
    work.add(Optional.empty());
  }
}
