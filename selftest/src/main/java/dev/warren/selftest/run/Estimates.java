package dev.warren.selftest.run;

import dev.warren.selftest.plan.TestenvChoice;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How long suites and set-ups are going to take: what was recorded, else what this run has seen so
 * far, else a guess.
 */
final class Estimates {
  /** Most suites of Samba's plan take seconds. */
  private static final Duration SUITE = Duration.ofSeconds(5);

  /** A domain controller on a machine that has other work too. */
  private static final Duration SET_UP = Duration.ofSeconds(15);

  /** A lab without servers. */
  private static final Duration EMPTY_LAB = Duration.ofMillis(100);

  private final EarlierTimes recorded;
  private final Map<String, Mean> suites = new HashMap<>();
  private final Map<String, Duration> setUps = new HashMap<>();
  private final Mean all = new Mean();

  private static final class Mean {
    private Duration sum = Duration.ZERO;
    private int count;

    void add(Duration one) {
      sum = sum.plus(one);
      count++;
    }
  }

  Estimates(EarlierTimes recorded) {
    this.recorded = recorded;
  }

  /** How long a suite of a plan takes. */
  Duration of(QueuedSuite suite) {
    return recorded
        .ofSuite(suite.suite().name())
        .orElseGet(
            () -> {
              Mean mean = suites.getOrDefault(suite.testenv(), all);
              return mean.count == 0 ? SUITE : mean.sum.dividedBy(mean.count);
            });
  }

  /** How long it takes until a testenv is ready. */
  Duration ofSetUp(String testenv) {
    Duration seen = setUps.get(testenv);
    return seen != null ? seen : recorded.ofSetUp(testenv).orElse(guess(testenv));
  }

  private static Duration guess(String testenv) {
    return testenv.equals(TestenvChoice.NONE) ? EMPTY_LAB : SET_UP;
  }

  /** A suite took so long. */
  void saw(QueuedSuite suite, Duration took) {
    suites.computeIfAbsent(suite.testenv(), _ -> new Mean()).add(took);
    all.add(took);
  }

  /** A testenv took so long; the last time counts, as a copy of it is ready sooner. */
  void sawSetUp(String testenv, Duration took) {
    setUps.put(testenv, took);
  }
}
