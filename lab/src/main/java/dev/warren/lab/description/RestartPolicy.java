package dev.warren.lab.description;

import java.time.Duration;
import java.util.Locale;

/**
 * What happens when a service ends by itself after it was ready.
 *
 * @param when after which ends it is started again
 * @param limit how often in a row; a run of {@link #LONG_RUN} or more begins a new row
 * @param delay how long is waited before the first time; each further time in a row waits twice as
 *     long, at most {@link #LONGEST_DELAY}
 */
public record RestartPolicy(When when, int limit, Duration delay) {
  /** A service that ran so long is not one that cannot start. */
  public static final Duration LONG_RUN = Duration.ofMinutes(1);

  /** The most that is waited before a restart. */
  public static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

  /** How often in a row, unless told otherwise. */
  public static final int DEFAULT_LIMIT = 5;

  /** How long is waited first, unless told otherwise. */
  public static final Duration DEFAULT_DELAY = Duration.ofMillis(200);

  /** After which ends. */
  public enum When {
    /** None. */
    NEVER,
    /** Those with another exit code than 0. */
    ON_FAILURE,
    /** All. */
    ALWAYS;

    /** As the lab file writes it: {@code on-failure}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Checks the numbers. */
  public RestartPolicy {
    Checks.check(limit >= 1, "the limit of restarts %d is less than 1", limit);
    Checks.check(!delay.isNegative(), "a delay cannot be negative");
  }

  /** With the usual limit and delay. */
  public static RestartPolicy of(When when) {
    return new RestartPolicy(when, DEFAULT_LIMIT, DEFAULT_DELAY);
  }

  /** Whether a service that ended with this code is started again. */
  public boolean applies(int code) {
    return switch (when) {
      case NEVER -> false;
      case ON_FAILURE -> code != 0;
      case ALWAYS -> true;
    };
  }

  /**
   * How long is waited before a restart.
   *
   * @param before how many were there in this row
   */
  public Duration delay(int before) {
    Duration wait = delay;
    for (int i = 0; i < before && wait.compareTo(LONGEST_DELAY) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(LONGEST_DELAY) < 0 ? wait : LONGEST_DELAY;
  }
}
