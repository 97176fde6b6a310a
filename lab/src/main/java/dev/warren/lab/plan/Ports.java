package dev.warren.lab.plan;

import dev.warren.linux.kernel.KernelException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Waits until cables pass packets. The kernel notices carriers in the background, 100 at a time and
 * perhaps a second later (MAX_DO_DEV_PER_LOOP of net/core/link_watch.c); few are there at once.
 */
final class Ports {
  private static final int AT_A_TIME = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(2);

  private Ports() {}

  /** Waits for the cables of a stage, as long as there is hope; one may have been cut meanwhile. */
  static void await(Stage stage, LiveHost root) throws KernelException {
    Set<Integer> laid =
        stage.strands().stream()
            .flatMap(List::stream)
            .filter(NetworkOperation.Connect.class::isInstance)
            .map(one -> HostLinks.index(((NetworkOperation.Connect) one).number()))
            .collect(Collectors.toSet());
    if (laid.size() < AT_A_TIME) {
      return;
    }
    long begin = System.nanoTime();
    while (root.links().network().links().stream()
            .filter(link -> laid.contains(link.index()))
            .anyMatch(link -> link.up() && !link.forwarding())
        && System.nanoTime() - begin < PATIENCE.toNanos()) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
