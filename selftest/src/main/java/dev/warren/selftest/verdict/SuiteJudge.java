package dev.warren.selftest.verdict;

import dev.warren.selftest.plan.FilterOptions;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent.TestFinished;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges one suite: each test as it finishes, then the suite from its tests and from how its
 * command ended. For one thread.
 */
public final class SuiteJudge {
  private final FilterOptions filter;
  private final KnownFailures known;
  private Counts counts = Counts.NONE;

  /** A judge for the results of one command. */
  public SuiteJudge(FilterOptions filter, KnownFailures known) {
    this.filter = filter;
    this.known = known;
  }

  /** The verdict on a test, under its full name. */
  public TestVerdict judge(TestFinished event) {
    TestVerdict verdict = known.judge(filter.rename(event.id()), event.outcome(), event.reason());
    counts = counts.plus(verdict.outcome());
    return verdict;
  }

  /**
   * The verdict on the suite when its stream and its command ended. The worst counts: an error
   * (also death by a signal and a time limit), a failure, an unexpected success. A bad exit code is
   * a failure, unless known failures explain it.
   */
  public SuiteResult finish(Exit exit) {
    List<String> reasons = new ArrayList<>();
    exitReason(exit).ifPresent(reasons::add);
    Outcome outcome = own(exit);
    if (outcome == Outcome.FAILURE && counts.of(Outcome.XFAIL) > 0) {
      outcome = Outcome.XFAIL;
    }
    if (filter.failOnEmpty() && counts.total() == 0) {
      reasons.add("no test was run");
      outcome = outcome == Outcome.ERROR ? outcome : Outcome.FAILURE;
    }
    for (Outcome bad : List.of(Outcome.UXSUCCESS, Outcome.FAILURE, Outcome.ERROR)) {
      if (counts.of(bad) > 0) {
        reasons.add("%s: %d".formatted(bad.word(), counts.of(bad)));
        outcome = outcome == Outcome.ERROR ? outcome : bad;
      }
    }
    Optional<String> reason =
        reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", reasons));
    return new SuiteResult(outcome, reason, counts);
  }

  private static Outcome own(Exit exit) {
    return switch (exit) {
      case Exit.Code(int code) -> code == 0 ? Outcome.SUCCESS : Outcome.FAILURE;
      case Exit.Signal _, Exit.TimeLimit _, Exit.Interrupted _, Exit.NotStarted _ -> Outcome.ERROR;
    };
  }

  private static Optional<String> exitReason(Exit exit) {
    return switch (exit) {
      case Exit.Code(int code) ->
          code == 0 ? Optional.empty() : Optional.of("Exit code was " + code);
      case Exit.Signal(int number) -> Optional.of("died with signal " + number);
      case Exit.TimeLimit limit ->
          Optional.of("ended after its time limit of %d s".formatted(limit.limit().toSeconds()));
      case Exit.Interrupted() -> Optional.of("ended because the run was stopped");
      case Exit.NotStarted(String reason) -> Optional.of(reason);
    };
  }
}
