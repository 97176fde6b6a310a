package dev.warren.selftest.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a run does with snapshots.
 *
 * @param isOn whether labs start from snapshots, and save some
 * @param notBefore snapshots that were made earlier do not count, and are made anew
 * @param limit how many bytes of snapshots are kept
 * @param stopLimit how long a service may take to end, so that it can be saved
 */
public record SnapshotPolicy(
    boolean isOn, Optional<Instant> notBefore, long limit, Duration stopLimit) {
  /** 5 GB: some eighty domain controllers. */
  public static final long DEFAULT_LIMIT = 5_000_000_000L;

  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  /** Neither uses nor makes any. */
  public static final SnapshotPolicy OFF =
      new SnapshotPolicy(false, Optional.empty(), DEFAULT_LIMIT, STOP_LIMIT);

  /** Uses those that there are and makes those that are missing. */
  public static SnapshotPolicy on(long limit) {
    return new SnapshotPolicy(true, Optional.empty(), limit, STOP_LIMIT);
  }

  /** Makes all anew: only those count that this run has made. */
  public static SnapshotPolicy fresh(long limit) {
    return new SnapshotPolicy(true, Optional.of(Instant.now()), limit, STOP_LIMIT);
  }

  /** With less patience, or more. */
  public SnapshotPolicy withStopLimit(Duration other) {
    return new SnapshotPolicy(isOn, notBefore, limit, other);
  }
}
