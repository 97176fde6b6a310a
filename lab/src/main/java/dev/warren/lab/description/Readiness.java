package dev.warren.lab.description;

import java.time.Duration;
import java.util.Optional;

/**
 * When a service is ready, so that those that need it are started.
 *
 * @param condition what must hold; none: it is ready as soon as it runs
 * @param within how long that may take; a one-time step must have ended by then
 */
public record Readiness(Optional<Condition> condition, Duration within) {
  /** For conditions, unless told otherwise. */
  public static final Duration DEFAULT_WITHIN = Duration.ofSeconds(30);

  /** For one-time steps, unless told otherwise. */
  public static final Duration DEFAULT_ONCE = Duration.ofMinutes(5);

  /** Checks the time. */
  public Readiness {
    Checks.check(within.isPositive(), "a time limit must be more than nothing");
  }
}
