package dev.warren.selftest.subunit;

import java.time.Instant;
import java.util.Optional;

/** One thing that a subunit stream says. */
public sealed interface SubunitEvent {

  /** A test began. */
  record TestStarted(String id) implements SubunitEvent {}

  /** A test ended; {@code reason} has no brackets and keeps its inner line ends. */
  record TestFinished(String id, Outcome outcome, Optional<String> reason)
      implements SubunitEvent {}

  /** A suite began. */
  record SuiteStarted(String name) implements SubunitEvent {}

  /** A suite ended; the outcome is never {@link Outcome#SKIP}. */
  record SuiteFinished(String name, Outcome outcome, Optional<String> reason)
      implements SubunitEvent {}

  /** A suite was left out. */
  record SuiteSkipped(String name, Optional<String> reason) implements SubunitEvent {}

  /** The clock of what follows. */
  record Time(Instant instant) implements SubunitEvent {}

  /** What follows belongs to a part of the work that counts for itself. */
  record ProgressPushed() implements SubunitEvent {}

  /** The end of that part. */
  record ProgressPopped() implements SubunitEvent {}

  /** How much work there is: in all, or {@code relative} to what was said before. */
  record ProgressSet(long count, boolean relative) implements SubunitEvent {}

  /** A line that is none of the above, without its line end: what a test printed. */
  record Output(String line) implements SubunitEvent {}
}
