package dev.warren.selftest.report.page;

import dev.warren.lab.graph.Topology;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.report.SuiteFiles;
import dev.warren.selftest.verdict.Counts;
import dev.warren.selftest.verdict.SuiteResult;
import dev.warren.selftest.verdict.TestVerdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run as its page tells it.
 *
 * @param plan what the plan is called
 * @param planned how many suites it was going to run or skip
 * @param start when it began
 * @param end when it ended, or the time of the last event where that was not told
 * @param finished whether its end was told
 * @param interrupted why it ended early, when it did
 * @param tests all tests that ended
 * @param labs in the order of their starts
 * @param suites in the order of their starts
 * @param skipped suites that were not run
 * @param progress lines for people
 */
record RunData(
    String plan,
    int planned,
    Instant start,
    Instant end,
    boolean finished,
    Optional<String> interrupted,
    Counts tests,
    List<LabRun> labs,
    List<SuiteRun> suites,
    List<Skipped> skipped,
    List<Message> progress) {

  /** A lab; the topology is empty where it is not told. */
  record LabRun(
      String name,
      Instant start,
      Instant end,
      Map<String, List<String>> needs,
      Optional<Topology> topology,
      List<SetUp> setUps) {}

  /**
   * The set-up of a testenv.
   *
   * @param end empty where it was not told
   * @param failure why it failed, or its services died
   * @param capture what went over the network meanwhile
   * @param traces what was running when its time was over
   */
  record SetUp(
      String testenv,
      Instant start,
      Optional<Instant> end,
      boolean fromSnapshot,
      Optional<String> failure,
      Optional<Path> capture,
      Optional<Path> traces,
      List<Message> steps) {}

  /**
   * A suite that began.
   *
   * @param result empty where its end was not told
   * @param took up to the end of the run where its end was not told
   * @param counts its tests
   * @param tests those that did not simply succeed
   * @param passed the names of the others, as long as there is room for them
   * @param output the last part of what it printed; empty where all is well
   * @param serverLog the last part of what servers logged; empty where all is well
   */
  record SuiteRun(
      Suite suite,
      int index,
      String lab,
      Instant start,
      Duration took,
      Optional<SuiteResult> result,
      Counts counts,
      List<TestRun> tests,
      List<String> passed,
      String output,
      String serverLog,
      SuiteFiles files) {
    boolean isBad() {
      return result.map(SuiteResult::isBad).orElse(true);
    }
  }

  /** A test with its times. */
  record TestRun(TestVerdict verdict, Instant start, Instant end) {}

  /** A suite that was not run. */
  record Skipped(Suite suite, String reason) {}

  /** A line for people. */
  record Message(Instant at, String text) {}
}
