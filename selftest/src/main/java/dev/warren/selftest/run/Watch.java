package dev.warren.selftest.run;

import java.time.Duration;
import java.util.Optional;

/**
 * How closely a run is looked at.
 *
 * @param captures what is kept of the packets
 * @param testenvLimit how long the set-up of a testenv may take in all, without those it needs
 * @param hold keeps the lab of the first failure; empty to go on
 */
public record Watch(CaptureChoice captures, Duration testenvLimit, Optional<Hold> hold) {
  /** Longer than the steps of any testenv that works. */
  public static final Duration DEFAULT_TESTENV_LIMIT = Duration.ofMinutes(30);

  /** Nothing is kept and nobody is asked. */
  public static final Watch USUAL =
      new Watch(CaptureChoice.NONE, DEFAULT_TESTENV_LIMIT, Optional.empty());
}
