package dev.warren.selftest.report;

import dev.warren.lab.graph.Topology;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.verdict.SuiteResult;
import dev.warren.selftest.verdict.TestVerdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Something that happens in a run. */
public sealed interface RunEvent {

  /** When it happened. */
  Instant at();

  /**
   * The run begins.
   *
   * @param plan what the plan is called
   * @param suites how many suites it is going to run or skip
   */
  record RunStarted(Instant at, String plan, int suites) implements RunEvent {}

  /** A file or a package is fetched, a layer is built: one line for people. */
  record Progress(Instant at, String message) implements RunEvent {}

  /**
   * The programs that the run uses are there.
   *
   * @param packages the packages that its testenvs name, each with its version
   */
  record SoftwareReady(Instant at, Map<String, String> packages) implements RunEvent {
    /** Copies the map, whose order is kept. */
    public SoftwareReady {
      packages = Collections.unmodifiableMap(new LinkedHashMap<>(packages));
    }
  }

  /**
   * A lab is up, without any testenv yet.
   *
   * @param lab its name
   * @param needs the testenvs that can be set up in it, each with those that it needs directly
   * @param topology its hosts and networks
   */
  record LabStarted(Instant at, String lab, Map<String, List<String>> needs, Topology topology)
      implements RunEvent {
    /** Copies the map, whose order is kept. */
    public LabStarted {
      needs = Collections.unmodifiableMap(new LinkedHashMap<>(needs));
    }
  }

  /** A lab is about to be taken down. */
  record LabEnded(Instant at, String lab) implements RunEvent {}

  /** The set-up of a testenv begins; {@code lab} is the name of the lab that it is in. */
  record TestenvStarted(Instant at, String lab, String testenv) implements RunEvent {}

  /** The set-up of a testenv comes to a step. */
  record TestenvStep(Instant at, String lab, String testenv, String step) implements RunEvent {}

  /**
   * A testenv is ready for suites.
   *
   * @param took its own set-up, without those it needs
   * @param fromSnapshot whether its state was a copy, and only its services were started
   * @param capture what went over the lab's network meanwhile, from the result folder on
   */
  record TestenvReady(
      Instant at,
      String lab,
      String testenv,
      Duration took,
      boolean fromSnapshot,
      Optional<Path> capture)
      implements RunEvent {}

  /**
   * The set-up of a testenv failed, or one of its services died.
   *
   * @param capture what went over the lab's network meanwhile, from the result folder on
   * @param traces what was running when its time was over, from there on; the file is there when
   *     the lab has ended
   */
  record TestenvFailed(
      Instant at,
      String lab,
      String testenv,
      String reason,
      Optional<Path> capture,
      Optional<Path> traces)
      implements RunEvent {}

  /** A suite is not run; nothing else is told of it. */
  record SuiteSkipped(Instant at, Suite suite, String reason) implements RunEvent {}

  /** A suite begins; {@code index} counts from 1, {@code lab} is the lab that it runs in. */
  record SuiteStarted(Instant at, Suite suite, int index, String lab) implements RunEvent {}

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
   * @param files what it left
   */
  record SuiteFinished(
      Instant at,
      Suite suite,
      SuiteResult result,
      Duration took,
      String serverLog,
      SuiteFiles files)
      implements RunEvent {}

  /**
   * The run ended; always the last event.
   *
   * @param interrupted why it ended before its last suite, when it did
   */
  record RunFinished(Instant at, Optional<String> interrupted) implements RunEvent {}
}
