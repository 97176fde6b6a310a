package dev.warren.selftest.run;

import java.time.Duration;

/** By when a set-up is to be ready; it counts from when this is made. */
final class SetupDeadline {
  private final Duration limit;
  private final long end;

  SetupDeadline(Duration limit) {
    this.limit = limit;
    this.end = System.nanoTime() + limit.toNanos();
  }

  /** A limit of a part: what is left of the whole where that is less. */
  Duration orLess(Duration other) {
    Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
    return left.compareTo(other) < 0 ? left : other;
  }

  /** The time of the whole. */
  Duration limit() {
    return limit;
  }
}
