package dev.warren.selftest.run;

import dev.warren.selftest.plan.Suite;

/**
 * A suite that is to be run.
 *
 * @param suite it
 * @param place where in the plan it stands, from 0
 */
record QueuedSuite(Suite suite, int place) {
  /** The testenv that it needs; {@code none} too. */
  String testenv() {
    return suite.testenv().testenv();
  }
}
