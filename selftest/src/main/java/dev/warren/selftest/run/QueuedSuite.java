package dev.warren.selftest.run;

import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.testenv.Catalogue;
import java.util.ArrayList;
import java.util.List;

/**
 * A suite that is to be run.
 *
 * @param suite it
 * @param testenv the testenv that it needs, by its own name and not an alias; {@code none} too
 * @param place where in the plan it stands, from 0
 */
record QueuedSuite(Suite suite, String testenv, int place) {

  /** The suites of a plan, in its order. */
  static List<QueuedSuite> all(List<Suite> plan, Catalogue catalogue) {
    List<QueuedSuite> all = new ArrayList<>();
    for (Suite suite : plan) {
      TestenvChoice choice = suite.testenv();
      String testenv =
          choice.isNone() ? choice.testenv() : catalogue.testenv(choice.testenv()).name();
      all.add(new QueuedSuite(suite, testenv, all.size()));
    }
    return all;
  }
}
