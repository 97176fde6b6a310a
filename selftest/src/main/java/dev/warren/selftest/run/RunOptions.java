package dev.warren.selftest.run;

import dev.warren.selftest.plan.Plan;
import dev.warren.selftest.verdict.KnownFailures;
import java.time.Duration;

/**
 * What a run does.
 *
 * @param name what the plan is called, for reports
 * @param lab what its lab is made of
 * @param plan its suites; each names a testenv of the catalogue
 * @param known the failures that are known
 * @param suiteLimit how long a suite may take that does not say so itself
 * @param failFast whether the run ends after the first bad suite
 */
public record RunOptions(
    String name,
    LabOptions lab,
    Plan plan,
    KnownFailures known,
    Duration suiteLimit,
    boolean failFast) {
  /** As long as Samba's selftest lets smbtorture run (TORTURE_MAXTIME). */
  public static final Duration DEFAULT_SUITE_LIMIT = Duration.ofMinutes(20);
}
