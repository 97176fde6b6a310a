package dev.warren.selftest.run;

import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;

/** Notices the first bad suite, for whoever is not to go on after it. */
final class FirstFailure implements RunListener {
  private volatile boolean happened;

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.SuiteFinished finished && finished.result().isBad()) {
      happened = true;
    }
  }

  /** Whether a suite was bad by now; for any thread. */
  boolean happened() {
    return happened;
  }
}
