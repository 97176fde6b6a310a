package dev.warren.selftest.report.live;

import dev.warren.selftest.choice.Durations;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.report.RunEvent.SuiteFinished;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Guesses how long a run still takes: what is left of it, by recorded durations, shared among those
 * who work. A suite without a record counts as the mean of the others.
 */
final class TimeLeft {
  private final List<Suite> plan;
  private final Durations expected;
  private final int jobs;

  /**
   * @param plan the suites of the run
   * @param jobs how many run at a time, at least 1
   */
  TimeLeft(List<Suite> plan, Durations expected, int jobs) {
    this.plan = List.copyOf(plan);
    this.expected = expected;
    this.jobs = jobs;
  }

  /** The guess; empty while there is nothing to go by. */
  Optional<Duration> of(RunProgress progress, Instant now) {
    Optional<Duration> mean = mean(progress);
    if (mean.isEmpty()) {
      return Optional.empty();
    }
    List<Duration> left = new ArrayList<>();
    Set<String> testenvs = new HashSet<>();
    for (Suite suite : plan) {
      if (!progress.isDone(suite)) {
        left.add(
            atLeastZero(
                expected.suite(suite.name()).orElse(mean.get()).minus(progress.since(suite, now))));
        if (!suite.testenv().isNone()) {
          testenvs.add(suite.testenv().testenv());
        }
      }
    }
    for (RunProgress.SetUp setUp : progress.setUps()) {
      testenvs.remove(setUp.testenv());
      expected
          .testenv(setUp.testenv())
          .ifPresent(all -> left.add(atLeastZero(all.minus(Duration.between(setUp.start(), now)))));
    }
    testenvs.removeIf(progress::wasSetUp);
    testenvs.forEach(testenv -> expected.testenv(testenv).ifPresent(left::add));
    Duration sum = left.stream().reduce(Duration.ZERO, Duration::plus);
    Duration longest = left.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    Duration shared = sum.dividedBy(jobs);
    return Optional.of(shared.compareTo(longest) > 0 ? shared : longest);
  }

  /** How long a suite of this plan takes by the records, else by those that ended. */
  private Optional<Duration> mean(RunProgress progress) {
    List<Duration> known =
        new ArrayList<>(
            plan.stream()
                .map(suite -> expected.suite(suite.name()))
                .flatMap(Optional::stream)
                .toList());
    if (known.isEmpty()) {
      known.addAll(progress.tally().suites().stream().map(SuiteFinished::took).toList());
    }
    return known.isEmpty()
        ? Optional.empty()
        : Optional.of(known.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(known.size()));
  }

  private static Duration atLeastZero(Duration time) {
    return time.isNegative() ? Duration.ZERO : time;
  }
}
