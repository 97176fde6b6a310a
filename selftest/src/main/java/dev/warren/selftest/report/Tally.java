package dev.warren.selftest.report;

import dev.warren.selftest.report.RunEvent.RunFinished;
import dev.warren.selftest.report.RunEvent.RunStarted;
import dev.warren.selftest.report.RunEvent.SuiteFinished;
import dev.warren.selftest.report.RunEvent.SuiteSaid;
import dev.warren.selftest.report.RunEvent.SuiteSkipped;
import dev.warren.selftest.report.RunEvent.TestFinished;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.verdict.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Counts what a run did so far. */
public final class Tally implements RunListener {
  private final List<SuiteFinished> suites = new ArrayList<>();
  private Counts tests = Counts.NONE;
  private int planned;
  private int skipped;

  /** Suites within suites, as their streams tell of them: they count, as Samba's scripts do it. */
  private int innerOk;

  private int innerBad;
  private Instant start = Instant.EPOCH;
  private Optional<String> interrupted = Optional.empty();

  /** A tally of nothing yet. */
  public Tally() {}

  @Override
  public void on(RunEvent event) {
    switch (event) {
      case RunStarted started -> {
        planned = started.suites();
        start = started.at();
      }
      case TestFinished finished -> tests = tests.plus(finished.verdict().outcome());
      case SuiteFinished finished -> suites.add(finished);
      case SuiteSkipped _ -> skipped++;
      case SuiteSaid said -> inner(said.said());
      case RunFinished finished -> interrupted = finished.interrupted();
      default -> {}
    }
  }

  private void inner(SubunitEvent said) {
    if (said instanceof SubunitEvent.SuiteFinished finished) {
      if (finished.outcome().isBad()) {
        innerBad++;
      } else {
        innerOk++;
      }
    }
  }

  /** The tests that ended. */
  public Counts tests() {
    return tests;
  }

  /** How many suites the run has in all, skipped ones too. */
  public int planned() {
    return planned;
  }

  /** The suites that ended, in order. */
  public List<SuiteFinished> suites() {
    return List.copyOf(suites);
  }

  /** The suites that make the run fail. */
  public List<SuiteFinished> badSuites() {
    return suites.stream().filter(suite -> suite.result().isBad()).toList();
  }

  /** The suites that took longest, the slowest first. */
  public List<SuiteFinished> slowest(int count) {
    return suites.stream()
        .sorted(Comparator.comparing(SuiteFinished::took).reversed())
        .limit(count)
        .toList();
  }

  /** How long the run has taken up to a time. */
  public Duration elapsed(Instant now) {
    return Duration.between(start, now);
  }

  /** How many suites were skipped. */
  public int skipped() {
    return skipped;
  }

  /** Whether every planned suite ended, and well, or was skipped. */
  public boolean allOk() {
    return interrupted.isEmpty()
        && badSuites().isEmpty()
        && innerBad == 0
        && tests.bad() == 0
        && suites.size() + skipped == planned;
  }

  /** Why the run ended early, when it did. */
  public Optional<String> interrupted() {
    return interrupted;
  }

  /** The last line of a run, as Samba's selftest has it. */
  public String lastLine() {
    if (allOk()) {
      return "ALL OK (%d tests in %d testsuites)"
          .formatted(tests.asExpected(), suites.size() + innerOk);
    }
    return "FAILED (%d failures, %d errors and %d unexpected successes in %d testsuites)"
        .formatted(
            tests.of(Outcome.FAILURE),
            tests.of(Outcome.ERROR),
            tests.of(Outcome.UXSUCCESS),
            badSuites().size() + innerBad);
  }
}
