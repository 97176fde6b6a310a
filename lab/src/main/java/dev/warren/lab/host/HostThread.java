package dev.warren.lab.host;

import dev.warren.lab.process.HostCode;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.process.Threads;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
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
  public static HostThread outside(String name) throws KernelException {
    HostThread outside = new HostThread(name);
    Threads.start(outside.thread);
    return outside;
  }

  /** A thread inside a host. */
  public static HostThread inside(String name, HostNamespaces namespaces, Kernel kernel)
      throws KernelException {
    HostThread thread = outside(name);
    try {
      return thread.get(
          () -> {
            namespaces.enter(kernel);
            return thread;
          });
    } catch (KernelException failure) {
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
   * take it back. An interrupt of the caller is kept for later. On this very thread it is done at
   * once.
   */
  public void run(Action action) throws IOException {
    var _ =
        get(
            () -> {
              action.run();
              return true;
            });
  }

  /** As {@link #run}, for work that has a result and may throw something else. */
  public <T, X extends Exception> T get(HostCode<T, X> code) throws X {
    return await(code, () -> {});
  }

  /**
   * Does something there, waits for it, and gives its result or throws what it threw. An interrupt
   * of the caller interrupts it; the caller waits for its end all the same.
   */
  public <T, X extends Exception> T call(HostCode<T, X> code) throws X {
    return await(code, thread::interrupt);
  }

  private <T, X extends Exception> T await(HostCode<T, X> code, Runnable onInterrupt) throws X {
    if (Thread.currentThread() == thread) {
      return code.run();
    }
    FutureTask<T> task = new FutureTask<>(code::run);
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
      switch (Objects.requireNonNull(failure.getCause(), "what the code threw")) {
        case RuntimeException mistake -> throw mistake;
        case Error error -> throw error;
        case Throwable thrown -> {
          @SuppressWarnings("unchecked") // the compiler saw to it that the code throws nothing else
          X checked = (X) thrown;
          throw checked;
        }
      }
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
