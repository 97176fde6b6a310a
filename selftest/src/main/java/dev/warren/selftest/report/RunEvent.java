package dev.warren.selftest.report;

import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.verdict.SuiteResult;
import dev.warren.selftest.verdict.TestVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Something that happens in a run. */
public sealed interface RunEvent {

  /** When it happened. */
  Instant at();

  /** The run begins. */
  record RunStarted(Instant at, int suites) implements RunEvent {}

  /** A file or a package is fetched, a layer is built: one line for people. */
  record Progress(Instant at, String message) implements RunEvent {}

  /** The set-up of a testenv begins. */
  record TestenvStarted(Instant at, String testenv) implements RunEvent {}

  /** The set-up of a testenv comes to a step. */
  record TestenvStep(Instant at, String testenv, String step) implements RunEvent {}

  /** A testenv is ready for suites; {@code took} is its own set-up without those it needs. */
  record TestenvReady(Instant at, String testenv, Duration took) implements RunEvent {}

  /** The set-up of a testenv failed, or one of its services died. */
  record TestenvFailed(Instant at, String testenv, String reason) implements RunEvent {}

  /** A suite begins; {@code index} counts from 1. */
  record SuiteStarted(Instant at, Suite suite, int index) implements RunEvent {}

  /** A test of a suite begins; {@code id} is the full one. */
  record TestStarted(Instant at, Suite suite, String id) implements RunEvent {}

  /** A test of a suite ended. */
  record TestFinished(Instant at, Suite suite, TestVerdict verdict) implements RunEvent {}

  /** Anything else that a suite's stream says: output, progress, its own times. */
  record SuiteSaid(Instant at, Suite suite, SubunitEvent said) implements RunEvent {}

  /**
   * A suite ended.
   *
   * @param took from its start to its end
   * @param serverLog what the testenv's services logged meanwhile, at most its last part
   */
  record SuiteFinished(Instant at, Suite suite, SuiteResult result, Duration took, String serverLog)
      implements RunEvent {}

  /**
   * The run ended; always the last event.
   *
   * @param interrupted why it ended before its last suite, when it did
   */
  record RunFinished(Instant at, Optional<String> interrupted) implements RunEvent {}
}
