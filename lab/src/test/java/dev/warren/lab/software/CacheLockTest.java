package dev.warren.lab.software;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CacheLockTest {
  @TempDir Path folder;

  @Test
  void makesASecondOneWaitAndSaySo() throws Exception {
    Path file = folder.resolve("lock");
    CountDownLatch waits = new CountDownLatch(1);
    CompletableFuture<Void> second;
    try (CacheLock _ = CacheLock.take(file, line -> {})) {
      second =
          CompletableFuture.runAsync(
              () -> {
                try (CacheLock _ = CacheLock.take(file, line -> waits.countDown())) {
                  assertThat(file).exists();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(second).isNotDone();
    }
    assertThat(second).succeedsWithin(10, TimeUnit.SECONDS);
  }
}
