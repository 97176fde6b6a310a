package dev.warren.lab.faults;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * How a process is, at one moment of a long life.
 *
 * @param step what is counted: labs, or minutes
 * @param heap in bytes, after a collection
 * @param resident in bytes
 */
record Life(
    long step, int descriptors, int tasks, int namespaces, int mounts, long heap, long resident) {
  private static final int MEGABYTE = 1 << 20;

  /** The columns of {@link #toString}. */
  static String header(String step) {
    return "%10s %12s %8s %11s %7s %9s %9s"
        .formatted(step, "descriptors", "threads", "namespaces", "mounts", "heap MB", "RSS MB");
  }

  /** Of this process, when what ends by itself has had the time for it. */
  static Life now(long step) throws Exception {
    long heap = Footprint.heap();
    settle();
    Footprint all = Footprint.now();
    return new Life(
        step,
        all.descriptors().size(),
        Footprint.tasks(),
        all.namespaces().size(),
        all.mounts().size(),
        heap,
        Footprint.resident());
  }

  /** Waits until no thread has ended for a while: those that were told to end are doing it. */
  private static void settle() throws IOException, InterruptedException {
    Instant end = Instant.now().plus(Duration.ofSeconds(10));
    int before = Integer.MAX_VALUE;
    for (int now = Footprint.tasks();
        now < before && Instant.now().isBefore(end);
        now = Footprint.tasks()) {
      before = now;
      Thread.sleep(50);
    }
  }

  /**
   * Fails when this one takes more than an earlier one did.
   *
   * @param threads how many more may be there: the JVM starts and ends some of its own
   * @param heap how many bytes more may be in use
   * @param resident how many bytes more may be resident: freed memory is not given back at once
   */
  void requireFlat(Life earlier, int threads, long heap, long resident) {
    StringBuilder growth = new StringBuilder();
    compare(growth, "descriptors", earlier.descriptors, descriptors, 0);
    compare(growth, "threads", earlier.tasks, tasks, threads);
    compare(growth, "namespaces", earlier.namespaces, namespaces, 0);
    compare(growth, "mounts", earlier.mounts, mounts, 0);
    compare(growth, "bytes of heap", earlier.heap, this.heap, heap);
    compare(growth, "bytes resident", earlier.resident, this.resident, resident);
    if (!growth.isEmpty()) {
      throw new AssertionError("from " + earlier.step + " to " + step + " grew:" + growth);
    }
  }

  private static void compare(StringBuilder to, String what, long from, long now, long more) {
    if (now > from + more) {
      to.append(" %s from %d to %d".formatted(what, from, now));
    }
  }

  @Override
  public String toString() {
    return "%10d %12d %8d %11d %7d %9.1f %9.1f"
        .formatted(
            step,
            descriptors,
            tasks,
            namespaces,
            mounts,
            (double) heap / MEGABYTE,
            (double) resident / MEGABYTE);
  }
}
