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
 * the suite's prefix and suffix, and once behind all suites with the known failures.
 */
public final class SuiteJudge {
  private final FilterOptions filter;
  private final KnownFailures known;
  private Counts counts = Counts.NONE;

  /** Whether the stream alone makes the command's pipe fail, whatever is known of its tests. */
  private boolean saidBad;

  /** What tests said since the last suite within this one began: that one counts anew. */
  private Part raw = Part.NONE;

  /** The verdicts on those tests. */
  private Part part = Part.NONE;

  /** A judge for the results of one command. */
  public SuiteJudge(FilterOptions filter, KnownFailures known) {
    this.filter = filter;
    this.known = known;
  }

  /** The verdict on a test, under its full name. */
  public TestVerdict judge(TestFinished event) {
    saidBad |= event.outcome().isBad();
    TestVerdict verdict = known.judge(filter.rename(event.id()), event.outcome(), event.reason());
    counts = counts.plus(verdict.outcome());
    raw = raw.plus(event.outcome(), event.outcome());
    part = part.plus(event.outcome(), verdict.outcome());
    return verdict;
  }

  /**
   * What else the stream says. The result of a suite within this one becomes what its tests make of
   * it, and where that one fails this one does.
   */
  public SubunitEvent judge(SubunitEvent event) {
    return switch (event) {
      case SubunitEvent.SuiteStarted started -> {
        raw = Part.NONE;
        part = Part.NONE;
        yield started;
      }
      case SuiteFinished finished -> {
        saidBad |= finished.outcome().isBad();
        List<String> reasons = new ArrayList<>();
        finished.reason().ifPresent(reasons::add);
        // Twice, as by two filters: what the first makes a failure the second may know.
        Outcome first = raw.recomputed(finished.outcome(), new ArrayList<>());
        Outcome outcome = part.recomputed(first, reasons);
        yield new SuiteFinished(finished.name(), outcome, joined(reasons));
      }
      default -> event;
    };
  }

  /**
   * The verdict on the suite when its stream and its command ended. The worst counts: an error
   * (also death by a signal and a time limit), a failure, an unexpected success. A bad exit code is
   * a failure, unless known failures explain it.
   */
  public SuiteResult finish(Exit exit) {
    List<String> reasons = new ArrayList<>();
    exit.explanation().ifPresent(reasons::add);
    Outcome outcome = exit.outcome();
    if (filter.failOnEmpty() && counts.total() == 0) {
      reasons.add("no test was run");
      outcome = outcome == Outcome.ERROR ? outcome : Outcome.FAILURE;
    }
    if (saidBad && outcome == Outcome.SUCCESS) {
      outcome = Outcome.FAILURE;
    }
    // That a command crashed is not undone by anything that its tests said before.
    Outcome byTests = part.recomputed(outcome, reasons);
    return new SuiteResult(outcome == Outcome.ERROR ? outcome : byTests, joined(reasons), counts);
  }

  private static Optional<String> joined(List<String> reasons) {
    return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", reasons));
  }

  /** The verdicts of some tests of a suite: an excused failure is one that the test had said. */
  private record Part(int excused, int unexpected, int failures, int errors) {
    static final Part NONE = new Part(0, 0, 0, 0);

    Part plus(Outcome said, Outcome verdict) {
      return switch (verdict) {
        case SUCCESS, SKIP -> this;
        case XFAIL ->
            said == Outcome.XFAIL ? this : new Part(excused + 1, unexpected, failures, errors);
        case UXSUCCESS -> new Part(excused, unexpected + 1, failures, errors);
        case FAILURE -> new Part(excused, unexpected, failures + 1, errors);
        case ERROR -> new Part(excused, unexpected, failures, errors + 1);
      };
    }

    /** What becomes of a suite's own result. */
    Outcome recomputed(Outcome said, List<String> reasons) {
      Outcome outcome = said;
      if (outcome == Outcome.FAILURE && excused > 0) {
        outcome = Outcome.XFAIL;
      }
      outcome = worse(outcome, Outcome.UXSUCCESS, unexpected, reasons);
      outcome = worse(outcome, Outcome.FAILURE, failures, reasons);
      return worse(outcome, Outcome.ERROR, errors, reasons);
    }

    private static Outcome worse(Outcome outcome, Outcome bad, int count, List<String> reasons) {
      if (count == 0) {
        return outcome;
      }
      reasons.add("%s: %d".formatted(bad.word(), count));
      return bad;
    }
  }
}
