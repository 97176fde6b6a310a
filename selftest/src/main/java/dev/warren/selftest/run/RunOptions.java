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
 * @param suiteLimit how long a suite may take that does not say so itself
 * @param jobs how many suites run at a time, at least 1, each in a lab that is its alone meanwhile
 * @param resetup whether every suite gets a lab that was set up for it
 * @param times how long suites and set-ups took earlier, to divide the work well
 * @param failFast whether the run ends after the first bad suite
 */
public record RunOptions(
    String name,
    LabOptions lab,
    Plan plan,
    KnownFailures known,
    Duration suiteLimit,
    int jobs,
    boolean resetup,
    EarlierTimes times,
    boolean failFast) {
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
        name,
        lab,
        plan,
        KnownFailures.NONE,
        DEFAULT_SUITE_LIMIT,
        1,
        false,
        EarlierTimes.UNKNOWN,
        false);
  }

  /** With failures that are known. */
  public RunOptions withKnown(KnownFailures other) {
    return new RunOptions(name, lab, plan, other, suiteLimit, jobs, resetup, times, failFast);
  }

  /** With another time limit of suites. */
  public RunOptions withSuiteLimit(Duration other) {
    return new RunOptions(name, lab, plan, known, other, jobs, resetup, times, failFast);
  }

  /** With so many suites at a time. */
  public RunOptions withJobs(int number) {
    return new RunOptions(name, lab, plan, known, suiteLimit, number, resetup, times, failFast);
  }

  /** With a fresh lab for every suite, or not. */
  public RunOptions withResetup(boolean fresh) {
    return new RunOptions(name, lab, plan, known, suiteLimit, jobs, fresh, times, failFast);
  }

  /** Ending after the first bad suite, or not. */
  public RunOptions withFailFast(boolean first) {
    return new RunOptions(name, lab, plan, known, suiteLimit, jobs, resetup, times, first);
  }

  /** With what earlier runs took. */
  public RunOptions withTimes(EarlierTimes other) {
    return new RunOptions(name, lab, plan, known, suiteLimit, jobs, resetup, other, failFast);
  }
}
