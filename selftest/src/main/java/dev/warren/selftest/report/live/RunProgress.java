package dev.warren.selftest.report.live;

import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.report.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How far a run is. */
final class RunProgress implements RunListener {
  private final Tally tally = new Tally();
  private final Map<Place, SetUp> setUps = new LinkedHashMap<>();
  private final Map<String, RunningSuite> suites = new LinkedHashMap<>();
  private final Set<String> done = new HashSet<>();
  private final Set<String> testenvs = new HashSet<>();
  private final Set<String> labs = new HashSet<>();
  private Optional<String> message = Optional.empty();

  /** A testenv of a lab: a run may have several copies of one. */
  private record Place(String lab, String testenv) {}

  /**
   * A testenv that is being set up.
   *
   * @param step what it does now; empty before its first step
   */
  record SetUp(String lab, String testenv, Instant start, Optional<String> step) {}

  /**
   * A suite that runs.
   *
   * @param test the test that began last, while it has not ended
   * @param lab where it runs
   */
  record RunningSuite(Suite suite, String lab, Instant start, Optional<String> test) {
    RunningSuite at(Optional<String> other) {
      return new RunningSuite(suite, lab, start, other);
    }
  }

  @Override
  public void on(RunEvent event) {
    tally.on(event);
    if (!(event instanceof RunEvent.Progress)) {
      message = Optional.empty();
    }
    switch (event) {
      case RunEvent.Progress progress -> message = Optional.of(progress.message());
      case RunEvent.TestenvStarted started -> {
        labs.add(started.lab());
        setUps.put(
            new Place(started.lab(), started.testenv()),
            new SetUp(started.lab(), started.testenv(), started.at(), Optional.empty()));
      }
      case RunEvent.TestenvStep step ->
          setUps.computeIfPresent(
              new Place(step.lab(), step.testenv()),
              (_, old) ->
                  new SetUp(old.lab(), old.testenv(), old.start(), Optional.of(step.step())));
      case RunEvent.TestenvReady ready -> endSetUp(ready.lab(), ready.testenv());
      case RunEvent.TestenvFailed failed -> endSetUp(failed.lab(), failed.testenv());
      case RunEvent.SuiteSkipped skipped -> done.add(skipped.suite().name());
      case RunEvent.SuiteStarted started -> {
        labs.add(started.lab());
        suites.put(
            started.suite().name(),
            new RunningSuite(started.suite(), started.lab(), started.at(), Optional.empty()));
      }
      case RunEvent.TestStarted started ->
          suites.computeIfPresent(
              started.suite().name(), (_, suite) -> suite.at(Optional.of(started.id())));
      case RunEvent.TestFinished finished ->
          suites.computeIfPresent(
              finished.suite().name(), (_, suite) -> suite.at(Optional.empty()));
      case RunEvent.SuiteFinished finished -> {
        suites.remove(finished.suite().name());
        done.add(finished.suite().name());
      }
      case RunEvent.LabEnded ended -> labs.remove(ended.lab());
      case RunEvent.RunStarted _,
          RunEvent.SoftwareReady _,
          RunEvent.LabStarted _,
          RunEvent.SuiteSaid _,
          RunEvent.RunFinished _ -> {}
    }
  }

  private void endSetUp(String lab, String testenv) {
    setUps.remove(new Place(lab, testenv));
    testenvs.add(testenv);
  }

  Tally tally() {
    return tally;
  }

  /** How many suites ended, or were skipped. */
  int suitesDone() {
    return done.size();
  }

  /** Whether a suite has ended, or was skipped. */
  boolean isDone(Suite suite) {
    return done.contains(suite.name());
  }

  /** Whether the set-up of a testenv has ended at least once, well or not. */
  boolean wasSetUp(String testenv) {
    return testenvs.contains(testenv);
  }

  /** What is set up now, the oldest first. */
  List<SetUp> setUps() {
    return List.copyOf(setUps.values());
  }

  /** What runs now, the oldest first. */
  List<RunningSuite> suites() {
    return List.copyOf(suites.values());
  }

  /** How long this suite, or this set-up, has been at work; zero when it is not. */
  Duration since(Suite suite, Instant now) {
    RunningSuite running = suites.get(suite.name());
    return running == null ? Duration.ZERO : Duration.between(running.start(), now);
  }

  /** Whether more than one lab has been at work. */
  boolean hasSeveralLabs() {
    return labs.size() > 1;
  }

  /** What Warren itself said last, when nothing has happened since. */
  Optional<String> message() {
    return message;
  }
}
