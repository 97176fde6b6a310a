package dev.warren.selftest.run;

import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.report.FileNames;
import dev.warren.selftest.report.RunListener;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Runs suites, some at a time, each in a lab of a pool. */
final class Workers {
  private final RunOptions options;
  private final LabPool pool;
  private final FileNames names;
  private final BooleanSupplier enough;
  private final RunListener listener;
  private final AtomicInteger begun;

  /**
   * Workers that have not begun.
   *
   * @param names what the files of suites are called
   * @param enough asked before each suite, by any of them: whether to begin no more
   * @param listener is told by all of them
   */
  Workers(
      RunOptions options,
      LabPool pool,
      FileNames names,
      BooleanSupplier enough,
      RunListener listener) {
    this.options = options;
    this.pool = pool;
    this.names = names;
    this.enough = enough;
    this.listener = listener;
    this.begun = new AtomicInteger(options.plan().skipped().size());
  }

  /**
   * Runs all suites. An interrupt of the caller, or an error, interrupts all workers; when this
   * returns or throws none of them does anything any more.
   *
   * @throws InterruptedException when the caller was interrupted
   */
  void run() throws IOException, InterruptedException {
    ExecutorService threads =
        Executors.newCachedThreadPool(Thread.ofPlatform().name("warren-worker-", 1).factory());
    try {
      CompletionService<Integer> results = new ExecutorCompletionService<>(threads);
      for (int i = 0; i < options.jobs(); i++) {
        int worker = i;
        var _ = results.submit(() -> work(worker));
      }
      for (int i = 0; i < options.jobs(); i++) {
        results.take().get();
      }
    } catch (ExecutionException failure) {
      switch (Objects.requireNonNull(failure.getCause(), "what a worker threw")) {
        case IOException failed -> throw failed;
        case InterruptedException interrupt -> throw interrupt;
        case RuntimeException mistake -> throw mistake;
        case Error error -> throw error;
        default -> throw new IllegalStateException(failure.getCause());
      }
    } finally {
      threads.shutdownNow();
      threads.close();
    }
  }

  private int work(int worker) throws IOException, InterruptedException {
    int count = 0;
    for (; !enough.getAsBoolean(); count++) {
      switch (pool.next(worker)) {
        case Schedule.Next.Run run -> run(run);
        case Schedule.Next.Fail(QueuedSuite queued) -> {
          Suite suite = queued.suite();
          pool.failure(queued.testenv())
              .tell(suite, begun.incrementAndGet(), options.known(), listener);
        }
        case Schedule.Next.Wait _ -> throw new IllegalStateException("the pool waits itself");
        case Schedule.Next.Done _ -> {
          return count;
        }
      }
    }
    return count;
  }

  private void run(Schedule.Next.Run run) throws IOException, InterruptedException {
    Optional<TestLab> lab = pool.take(run);
    if (lab.isPresent()) {
      long start = System.nanoTime();
      new SuiteRunner(lab.get(), options, names, listener)
          .run(run.suite().suite(), begun.incrementAndGet());
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      pool.giveBack(run, lab.get(), took, lab.get().refresh());
    }
  }
}
