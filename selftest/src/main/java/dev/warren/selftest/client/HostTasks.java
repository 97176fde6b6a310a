package dev.warren.selftest.client;

import dev.warren.lab.Host;
import dev.warren.lab.description.Isolation;
import dev.warren.lab.process.HostCode;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Java code in a host, on threads that are there already: entering anew takes longer than most. */
public final class HostTasks {
  private HostTasks() {}

  /**
   * Begins something that looks at files or writes them. An interrupt of the thread that it runs on
   * is for it alone.
   */
  public static <T> Future<T> begin(Host host, HostCode<T, IOException> code) {
    if (host.isolation() == Isolation.NAMESPACES) {
      return host.executor().submit(code::run);
    }
    FutureTask<T> task = new FutureTask<>(code::run);
    Thread.ofPlatform().daemon().name("warren-files-" + host.name()).start(task);
    return task;
  }

  /**
   * Waits for the result of what was begun.
   *
   * @throws InterruptedException when the caller was interrupted, and with it the code
   */
  public static <T> T result(Future<T> task) throws IOException, InterruptedException {
    boolean done = false;
    try {
      T result = task.get();
      done = true;
      return result;
    } catch (ExecutionException failure) {
      switch (Objects.requireNonNull(failure.getCause(), "what the code threw")) {
        case ClosedByInterruptException interrupt -> throw interrupted(interrupt);
        case IOException failed -> throw failed;
        case RuntimeException mistake -> throw mistake;
        case Error error -> throw error;
        default -> throw new IllegalStateException(failure.getCause());
      }
    } finally {
      if (!done) {
        task.cancel(true);
      }
    }
  }

  /** Does something and waits for its result. */
  public static <T> T call(Host host, HostCode<T, IOException> code)
      throws IOException, InterruptedException {
    return result(begin(host, code));
  }

  private static InterruptedException interrupted(IOException cause) {
    InterruptedException interrupt = new InterruptedException();
    interrupt.initCause(cause);
    return interrupt;
  }
}
