package dev.warren.lab.control;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what takes too long: one thread for all, which is there only while something is waited for.
 */
final class Deadlines {
  private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("warren-control-deadlines").factory());

  Deadlines() {
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(1, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
  }

  /** What is done then; it must not wait. */
  @FunctionalInterface
  interface Action {
    void run() throws IOException;
  }

  /**
   * Does something after a while.
   *
   * @return to cancel it
   */
  Future<?> after(Duration time, Action action) {
    return executor.schedule(
        () -> {
          try {
            action.run();
          } catch (IOException gone) {
            LOG.debug("what took too long has ended meanwhile", gone);
          }
        },
        time.toNanos(),
        TimeUnit.NANOSECONDS);
  }
}
