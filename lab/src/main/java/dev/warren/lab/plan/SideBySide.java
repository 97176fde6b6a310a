package dev.warren.lab.plan;

import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.process.Threads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Does several things at once, on threads that are born where the caller is. */
final class SideBySide {
  private final Queue<Work> waiting;
  private final List<Throwable> failures = new ArrayList<>();

  /** Something to be done. */
  @FunctionalInterface
  interface Work {
    /**
     * Does it.
     *
     * @param maker of the thread that does it
     */
    void run(Maker maker) throws IOException;
  }

  private SideBySide(List<Work> works) {
    waiting = new ConcurrentLinkedQueue<>(works);
  }

  /**
   * Does all of them, and returns when none goes on; an interrupt is kept for later. When one fails
   * none is begun any more.
   *
   * @param atOnce how many, at least 1
   * @throws IOException what the first to fail threw, or an unchecked exception likewise; the
   *     failures of others are suppressed ones
   */
  static void run(int atOnce, List<Work> works) throws IOException {
    SideBySide all = new SideBySide(works);
    int threads = Math.min(atOnce, works.size());
    if (threads < 2) {
      all.work(0);
    } else {
      List<Thread> workers = new ArrayList<>();
      try {
        for (int i = 0; i < threads; i++) {
          int number = i;
          workers.add(Threads.start("warren-make-" + i, () -> all.work(number)));
        }
      } catch (KernelException tooMany) {
        // Then fewer do it, or this one alone.
        all.work(threads);
      }
      join(workers);
    }
    all.rethrow();
  }

  private void work(int number) {
    try (Maker maker = new Maker(number)) {
      for (Work next = waiting.poll(); next != null; next = waiting.poll()) {
        try {
          next.run(maker);
        } catch (IOException | RuntimeException | Error failure) {
          failed(failure);
        }
      }
    }
  }

  private synchronized void failed(Throwable failure) {
    waiting.clear();
    failures.add(failure);
  }

  private static void join(List<Thread> workers) {
    boolean interrupted = false;
    for (Thread worker : workers) {
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException interrupt) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void rethrow() throws IOException {
    if (failures.isEmpty()) {
      return;
    }
    Throwable first = failures.getFirst();
    failures.stream().skip(1).forEach(first::addSuppressed);
    switch (first) {
      case IOException failure -> throw failure;
      case RuntimeException mistake -> throw mistake;
      case Error error -> throw error;
      default -> throw new AssertionError("an action throws nothing else", first);
    }
  }
}
