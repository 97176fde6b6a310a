package dev.warren.selftest.verdict;

import dev.warren.selftest.plan.FilterOptions;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.subunit.SubunitEvent.SuiteFinished;
import dev.warren.selftest.subunit.SubunitEvent.TestFinished;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges one suite: each test as it finishes, then the suite from its tests and from how its
 * command ended. For one thread.
 *
 * <p>The verdicts are those that Samba's {@code filter-subunit} gives, once behind the command with
 * what the plan says, and once behind all suites with the run's known failures.
 */
public final class SuiteJudge {
  private final FilterOptions filter;
  private final FilterPass first;
  private final FilterPass second;
  private Counts counts = Counts.NONE;

  /** Whether the stream alone makes the command's pipe fail, whatever is known of its tests. */
  private boolean saidBad;

  /** Whether the filter in the command's pipe has seen a result that it does not excuse. */
  private boolean failed;

  /** A judge for the results of one command, whose filter knows of no failures. */
  public SuiteJudge(FilterOptions filter, KnownFailures known) {
    this(filter, KnownFailures.NONE, known);
  }

  /**
   * A judge for the results of one command.
   *
   * @param filtered what the filter in the command's pipe knows
   * @param known what is known in the whole run
   */
  public SuiteJudge(FilterOptions filter, KnownFailures filtered, KnownFailures known) {
    this.filter = filter;
    this.first = new FilterPass(filtered);
    this.second = new FilterPass(known);
  }

  /** What the command's filter is told to do. */
  FilterOptions filter() {
    return filter;
  }

  /** The verdict on a test, under its full name. */
  public TestVerdict judge(TestFinished event) {
    saidBad |= event.outcome().isBad();
    String id = filter.rename(event.id());
    TestVerdict filtered =
        first.judge(new TestVerdict(id, event.outcome(), event.reason(), Optional.empty()));
    failed |= filtered.outcome().isBad();
    TestVerdict verdict = second.judge(filtered);
    counts = counts.plus(verdict.outcome());
    return verdict;
  }

  /**
   * The verdict on a test that was open where the filter ended. It counts as one that never
   * finished; the suite's result comes from what the filter still saw.
   */
  TestVerdict leftOpen(String id) {
    counts = counts.plus(Outcome.ERROR);
    return new TestVerdict(
        filter.rename(id),
        Outcome.ERROR,
        Optional.of("was started but never finished!"),
        Optional.empty());
  }

  /**
   * What else the stream says. The result of a suite within this one becomes what its tests make of
   * it, and where that one fails this one does.
   */
  public SubunitEvent judge(SubunitEvent event) {
    return switch (event) {
      case SubunitEvent.SuiteStarted started -> {
        first.begin();
        second.begin();
        yield started;
      }
      case SuiteFinished finished -> {
        saidBad |= finished.outcome().isBad();
        SuiteFinished filtered = first.judge(finished);
        failed |= filtered.outcome().isBad();
        // By the first one's outcome alone: what it makes a failure the second may know.
        yield second.judge(
            new SuiteFinished(finished.name(), filtered.outcome(), finished.reason()));
      }
      default -> event;
    };
  }

  /** Whether the filter reads no further, as it was told to end at the first failure. */
  public boolean hasEnded() {
    return failed && filter.failImmediately();
  }

  /**
   * The verdict on the suite when its stream and its command ended. The worst counts: an error
   * (also death by a signal and a time limit), a failure, an unexpected success. A bad exit code is
   * a failure, unless known failures of the run explain it.
   */
  public SuiteResult finish(Exit exit) {
    Exit end = hasEnded() ? exit.ofPipe(1) : exit;
    List<String> reasons = new ArrayList<>();
    end.explanation().ifPresent(reasons::add);
    Outcome outcome = end.outcome();
    if (filter.failOnEmpty() && counts.total() == 0) {
      reasons.add("no test was run");
      outcome = outcome == Outcome.ERROR ? outcome : Outcome.FAILURE;
    }
    if (saidBad && outcome == Outcome.SUCCESS) {
      outcome = Outcome.FAILURE;
    }
    // That a command crashed is not undone by anything that its tests said before.
    Outcome byTests = second.recomputed(outcome, reasons);
    return new SuiteResult(
        outcome == Outcome.ERROR ? outcome : byTests, FilterPass.joined(reasons), counts);
  }
}
