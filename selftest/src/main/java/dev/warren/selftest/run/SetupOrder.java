package dev.warren.selftest.run;

import dev.warren.selftest.testenv.TestenvDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sets testenvs up, each when those that it needs are ready, independent ones side by side. */
final class SetupOrder {
  private final List<TestenvDefinition> waiting;
  private final Work work;
  private final Set<String> ready = new HashSet<>();
  private int running;

  /** Sets one up. */
  @FunctionalInterface
  interface Work {
    void setUp(TestenvDefinition testenv)
        throws IOException, InterruptedException, TestenvFailedException;
  }

  private SetupOrder(List<TestenvDefinition> testenvs, Work work) {
    this.waiting = new ArrayList<>(testenvs);
    this.work = work;
  }

  /**
   * Sets all of them up. When one fails those that are under way are interrupted; when it returns
   * or throws nothing is under way any more.
   *
   * @param testenvs all with all that they need
   * @throws TestenvFailedException the first failure
   * @throws InterruptedException when the caller was interrupted
   */
  static void run(List<TestenvDefinition> testenvs, Work work)
      throws IOException, InterruptedException, TestenvFailedException {
    ExecutorService threads =
        Executors.newCachedThreadPool(Thread.ofPlatform().name("warren-setup-", 1).factory());
    try {
      new SetupOrder(testenvs, work).run(new ExecutorCompletionService<>(threads));
    } finally {
      threads.shutdownNow();
      // Not after an interrupt either: what it made must not be changed behind its owner's back.
      threads.close();
    }
  }

  private void run(CompletionService<String> threads)
      throws IOException, InterruptedException, TestenvFailedException {
    submit(threads);
    while (running > 0) {
      Future<String> next = threads.take();
      running--;
      ready.add(result(next));
      submit(threads);
    }
  }

  private void submit(CompletionService<String> threads) {
    for (TestenvDefinition testenv : List.copyOf(waiting)) {
      if (ready.containsAll(testenv.needNames())) {
        waiting.remove(testenv);
        running++;
        var _ =
            threads.submit(
                () -> {
                  work.setUp(testenv);
                  return testenv.name();
                });
      }
    }
  }

  private static String result(Future<String> ended)
      throws IOException, InterruptedException, TestenvFailedException {
    try {
      return ended.get();
    } catch (ExecutionException failure) {
      switch (Objects.requireNonNull(failure.getCause(), "what the work threw")) {
        case TestenvFailedException failed -> throw failed;
        case IOException failed -> throw failed;
        case InterruptedException interrupt -> throw interrupt;
        case RuntimeException mistake -> throw mistake;
        case Error error -> throw error;
        default -> throw new IllegalStateException(failure.getCause());
      }
    }
  }
}
