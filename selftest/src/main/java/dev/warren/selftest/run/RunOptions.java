package dev.warren.selftest.run;

import dev.warren.selftest.plan.Plan;
import dev.warren.selftest.verdict.KnownFailures;
import java.time.Duration;

/**
 * What a run does.
 *
 * @param name what the plan is called, for reports
 * @param lab what its labs are made of
 * @param plan its suites; each names a testenv of the catalogue
 * @param known the failures that are known
 * @param suiteLimit how long a suite may take
 * @param jobs how many suites run at a time, at least 1, each in a lab that is its alone meanwhile
 * @param resetup whether every suite gets a lab that was set up for it
 * @param durations how long suites and set-ups took earlier, to divide the work well
 */
public record RunOptions(
    String name,
    LabOptions lab,
    Plan plan,
    KnownFailures known,
    Duration suiteLimit,
    int jobs,
    boolean resetup,
    Durations durations) {
  /** As long as Samba's selftest lets smbtorture run (TORTURE_MAXTIME). */
  public static final Duration DEFAULT_SUITE_LIMIT = Duration.ofMinutes(20);

  /** Checks. */
  public RunOptions {
    if (jobs < 1) {
      throw new IllegalArgumentException("at least one job, not " + jobs);
    }
  }

  /** One suite after the other, in the plan's order; no failure is known. */
  public static RunOptions of(String name, LabOptions lab, Plan plan) {
    return new RunOptions(
        name, lab, plan, KnownFailures.NONE, DEFAULT_SUITE_LIMIT, 1, false, Durations.UNKNOWN);
  }

  /** With failures that are known. */
  public RunOptions withKnown(KnownFailures other) {
    return new RunOptions(name, lab, plan, other, suiteLimit, jobs, resetup, durations);
  }

  /** With another time limit of suites. */
  public RunOptions withSuiteLimit(Duration other) {
    return new RunOptions(name, lab, plan, known, other, jobs, resetup, durations);
  }

  /** With so many suites at a time. */
  public RunOptions withJobs(int number) {
    return new RunOptions(name, lab, plan, known, suiteLimit, number, resetup, durations);
  }

  /** With a fresh lab for every suite, or not. */
  public RunOptions withResetup(boolean fresh) {
    return new RunOptions(name, lab, plan, known, suiteLimit, jobs, fresh, durations);
  }

  /** With what earlier runs took. */
  public RunOptions withDurations(Durations other) {
    return new RunOptions(name, lab, plan, known, suiteLimit, jobs, resetup, other);
  }
}
