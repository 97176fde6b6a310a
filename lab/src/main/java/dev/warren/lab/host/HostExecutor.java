package dev.warren.lab.host;

import dev.warren.linux.kernel.KernelException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Runs Java code inside a host, on platform threads that enter it once and never leave. There are
 * as many as there are tasks at a time; one that has nothing to do for a minute ends.
 */
public final class HostExecutor extends AbstractExecutorService implements AutoCloseable {
  /** Tasks are interrupted when the host ends; who does not heed it is left alone then. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final NamespaceMachine host;
  private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
  private final ExecutorService pool;

  /** An executor without threads yet. */
  public HostExecutor(NamespaceMachine host) {
    this.host = host;
    this.pool =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("warren-host-" + host.name() + "-", 1).factory());
  }

  @Override
  public void execute(Runnable command) {
    try {
      pool.execute(() -> inside(command));
    } catch (OutOfMemoryError error) {
      throw new RejectedExecutionException(
          "cannot start a thread in host " + host.name() + ": " + error.getMessage(), error);
    }
  }

  private void inside(Runnable command) {
    try {
      enter();
    } catch (KernelException | RuntimeException failure) {
      if (command instanceof Future<?> task) {
        task.cancel(false);
      }
      throw new RejectedExecutionException("cannot enter host " + host.name(), failure);
    }
    command.run();
  }

  private void enter() throws KernelException {
    if (!inside.get()) {
      host.namespaces().enter(host.kernel());
      inside.set(true);
    }
  }

  @Override
  public void shutdown() {
    pool.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return pool.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return pool.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return pool.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return pool.awaitTermination(timeout, unit);
  }

  /** Interrupts what runs, and waits a little for its end. */
  @Override
  public void close() {
    pool.shutdownNow();
    try {
      var _ = pool.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }
}
