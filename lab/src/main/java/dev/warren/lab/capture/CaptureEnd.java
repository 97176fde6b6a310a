package dev.warren.lab.capture;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The end of a capture, for who waits for it. */
final class CaptureEnd {
  /** So long whoever reads a stream may take to read the rest of it. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final AtomicReference<Optional<IOException>> failure =
      new AtomicReference<>(Optional.empty());
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CompletableFuture<CaptureCounts> counts = new CompletableFuture<>();

  /** It ends for this reason, unless there is another already. */
  void because(IOException reason) {
    failure.compareAndSet(Optional.empty(), Optional.of(reason));
  }

  /** It has ended. */
  void come(CaptureCounts total) {
    ended.countDown();
    counts.complete(total);
  }

  boolean has() {
    return ended.getCount() == 0;
  }

  Optional<IOException> failure() {
    return failure.get();
  }

  CompletionStage<CaptureCounts> stage() {
    return counts.minimalCompletionStage();
  }

  boolean await(Duration limit) throws InterruptedException {
    return ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Waits for it, and closes what nobody reads. An interrupt is kept for later. */
  void awaitOrClose(WritableByteChannel out) {
    boolean interrupted = false;
    while (!has()) {
      try {
        if (!await(PATIENCE)) {
          out.close();
        }
      } catch (IOException impatient) {
        because(impatient);
      } catch (InterruptedException keptForLater) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
