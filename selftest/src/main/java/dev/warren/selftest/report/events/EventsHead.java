package dev.warren.selftest.report.events;

import java.time.Instant;

/**
 * The first line of a file of events.
 *
 * @param format the version of the file's form
 * @param time when the run began
 * @param plan what the plan is called
 * @param facts what the run was made by and on
 */
public record EventsHead(int format, Instant time, String plan, RunFacts facts) {
  /** The version that this Warren writes, and the newest that it reads. */
  public static final int FORMAT = 1;
}
