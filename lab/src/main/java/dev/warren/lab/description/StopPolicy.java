package dev.warren.lab.description;

import java.time.Duration;

/**
 * How a service is stopped.
 *
 * @param signal what its processes get first
 * @param within how long they have before they are killed
 */
public record StopPolicy(SignalName signal, Duration within) {
  /** SIGTERM and 10 seconds. */
  public static final StopPolicy DEFAULT = new StopPolicy(SignalName.TERM, Duration.ofSeconds(10));

  /** Checks the time. */
  public StopPolicy {
    Checks.check(!within.isNegative(), "a time limit cannot be negative");
  }
}
