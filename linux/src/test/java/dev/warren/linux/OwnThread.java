package dev.warren.linux;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Runs a test's body on a platform thread of its own, which may change its namespaces and ends. */
public final class OwnThread {
  private OwnThread() {}

  /** Runs the body and gives its result, or throws what it threw. */
  public static <T> T call(Callable<T> body) throws Exception {
    FutureTask<T> task = new FutureTask<>(body);
    Thread.ofPlatform().name("test-namespace").start(task);
    try {
      return task.get();
    } catch (java.util.concurrent.ExecutionException failure) {
      if (failure.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failure;
    }
  }
}
