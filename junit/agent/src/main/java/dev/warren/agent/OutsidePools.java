package dev.warren.agent;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the threads that the whole JVM shares, those of the common pool and those that carry
 * virtual threads, outside of hosts. A thread is born where the thread is that starts it, and these
 * are started by whoever needs one first: code in a host (a parallel stream, {@code
 * CompletableFuture.supplyAsync}) would take them into that host for good, and with them the work
 * of everybody else. So they are all started before there is a host, and never idle long enough to
 * be ended.
 */
final class OutsidePools implements Runnable {
  /** The common pool ends a thread after 60 s without work, the carriers' pool after 30. */
  private static final Duration AGAIN = Duration.ofSeconds(10);

  /** How long a task waits for the others; all run at once only when each has its own thread. */
  private static final long PATIENCE_MILLIS = 50;

  private OutsidePools() {}

  /** Starts all threads of both pools, and sees to it that they stay. */
  static void keep() {
    fill();
    Thread.ofPlatform().daemon().name("warren-outside").start(new OutsidePools());
  }

  @Override
  public void run() {
    try {
      while (true) {
        Thread.sleep(AGAIN);
        fill();
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private static void fill() {
    int workers = ForkJoinPool.commonPool().getParallelism();
    CountDownLatch allWork = new CountDownLatch(workers);
    for (int i = 0; i < workers; i++) {
      ForkJoinPool.commonPool().execute(() -> meet(allWork));
    }
    int carriers =
        Integer.getInteger(
            "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());
    CountDownLatch allCarry = new CountDownLatch(carriers);
    for (int i = 0; i < carriers; i++) {
      Thread.ofVirtual().start(() -> meetAwake(allCarry));
    }
    await(allWork);
    await(allCarry);
  }

  private static void meet(CountDownLatch all) {
    all.countDown();
    await(all);
  }

  /** A virtual thread that waits would give its carrier to the next. */
  private static void meetAwake(CountDownLatch all) {
    all.countDown();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (all.getCount() > 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch all) {
    try {
      var _ = all.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
