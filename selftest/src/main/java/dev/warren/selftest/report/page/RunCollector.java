package dev.warren.selftest.report.page;

import dev.warren.lab.graph.Topology;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunEvent.LabEnded;
import dev.warren.selftest.report.RunEvent.LabStarted;
import dev.warren.selftest.report.RunEvent.Progress;
import dev.warren.selftest.report.RunEvent.RunFinished;
import dev.warren.selftest.report.RunEvent.RunStarted;
import dev.warren.selftest.report.RunEvent.SoftwareReady;
import dev.warren.selftest.report.RunEvent.SuiteFinished;
import dev.warren.selftest.report.RunEvent.SuiteSaid;
import dev.warren.selftest.report.RunEvent.SuiteSkipped;
import dev.warren.selftest.report.RunEvent.SuiteStarted;
import dev.warren.selftest.report.RunEvent.TestFinished;
import dev.warren.selftest.report.RunEvent.TestStarted;
import dev.warren.selftest.report.RunEvent.TestenvFailed;
import dev.warren.selftest.report.RunEvent.TestenvReady;
import dev.warren.selftest.report.RunEvent.TestenvStarted;
import dev.warren.selftest.report.RunEvent.TestenvStep;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.report.SuiteFiles;
import dev.warren.selftest.report.TextTail;
import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent.Output;
import dev.warren.selftest.verdict.Counts;
import dev.warren.selftest.verdict.SuiteResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects what a page tells from events, of which any may be missing. */
final class RunCollector implements RunListener {
  private static final int MOST_MESSAGES = 500;

  /** The most of the names of tests that passed, in characters. */
  private static final int MOST_PASSED = 8 << 20;

  private final Map<String, OpenLab> labs = new LinkedHashMap<>();
  private final Map<String, OpenSuite> open = new HashMap<>();
  private final List<OpenSuite> suites = new ArrayList<>();
  private final List<RunData.Skipped> skipped = new ArrayList<>();
  private final List<RunData.Message> progress = new ArrayList<>();
  private String plan = "";
  private int planned;
  private Optional<Instant> start = Optional.empty();
  private Instant last = Instant.EPOCH;
  private int passedLeft = MOST_PASSED;
  private Optional<RunFinished> finished = Optional.empty();

  private static final class OpenLab {
    private final String name;
    private final List<OpenSetUp> setUps = new ArrayList<>();
    private Instant start;
    private Optional<Instant> end = Optional.empty();
    private Map<String, List<String>> needs = Map.of();
    private Optional<Topology> topology = Optional.empty();

    OpenLab(String name, Instant start) {
      this.name = name;
      this.start = start;
    }

    /** The latest set-up of a testenv. */
    OpenSetUp setUp(String testenv, Instant at) {
      return setUps.reversed().stream()
          .filter(one -> one.testenv.equals(testenv))
          .findFirst()
          .orElseGet(() -> begin(testenv, at));
    }

    OpenSetUp begin(String testenv, Instant at) {
      OpenSetUp setUp = new OpenSetUp(testenv, at);
      setUps.add(setUp);
      return setUp;
    }

    RunData.LabRun finish(Instant last) {
      return new RunData.LabRun(
          name,
          start,
          end.orElse(last),
          needs,
          topology,
          setUps.stream().map(OpenSetUp::finish).toList());
    }
  }

  private static final class OpenSetUp {
    private final String testenv;
    private final Instant start;
    private final List<RunData.Message> steps = new ArrayList<>();
    private Optional<Instant> end = Optional.empty();
    private boolean fromSnapshot;
    private Optional<String> failure = Optional.empty();
    private Optional<Path> capture = Optional.empty();
    private Optional<Path> traces = Optional.empty();

    OpenSetUp(String testenv, Instant start) {
      this.testenv = testenv;
      this.start = start;
    }

    RunData.SetUp finish() {
      return new RunData.SetUp(
          testenv, start, end, fromSnapshot, failure, capture, traces, List.copyOf(steps));
    }
  }

  private static final class OpenSuite {
    private final Suite suite;
    private final Instant start;
    private final int index;
    private final String lab;
    private final Map<String, Instant> starts = new HashMap<>();
    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private final List<RunData.TestRun> tests = new ArrayList<>();
    private final List<String> passed = new ArrayList<>();
    private final TextTail output = new TextTail();
    private Optional<RunData.SuiteRun> done = Optional.empty();

    OpenSuite(Suite suite, Instant start, int index, String lab) {
      this.suite = suite;
      this.start = start;
      this.index = index;
      this.lab = lab;
    }

    void add(TestFinished finished) {
      Outcome outcome = finished.verdict().outcome();
      counts.merge(outcome, 1, Integer::sum);
      Instant from = starts.remove(finished.verdict().id());
      if (outcome != Outcome.SUCCESS) {
        tests.add(
            new RunData.TestRun(
                finished.verdict(), from == null ? finished.at() : from, finished.at()));
      }
    }

    RunData.SuiteRun finish(
        Duration took, Optional<SuiteResult> result, String serverLog, SuiteFiles files) {
      boolean bad = result.map(SuiteResult::isBad).orElse(true);
      return new RunData.SuiteRun(
          suite,
          index,
          lab,
          start,
          took,
          result,
          new Counts(counts),
          List.copyOf(tests),
          List.copyOf(passed),
          bad ? output.toString() : "",
          bad ? serverLog : "",
          files);
    }
  }

  @Override
  public void on(RunEvent event) {
    if (event.at().isAfter(last)) {
      last = event.at();
    }
    if (start.isEmpty()) {
      start = Optional.of(event.at());
    }
    switch (event) {
      case RunStarted started -> {
        plan = started.plan();
        planned = started.suites();
        start = Optional.of(started.at());
      }
      case Progress one -> {
        if (progress.size() < MOST_MESSAGES) {
          progress.add(new RunData.Message(one.at(), one.message()));
        }
      }
      case SoftwareReady _ -> {}
      case LabStarted started -> {
        OpenLab lab = new OpenLab(started.lab(), started.at());
        // A name may come again, when the first lab of it is gone.
        OpenLab before = labs.put(lab.name, lab);
        if (before != null) {
          labs.put(lab.name + "\n" + labs.size(), before);
        }
        lab.needs = started.needs();
        lab.topology = Optional.of(started.topology());
      }
      case LabEnded ended -> lab(ended.lab(), ended.at()).end = Optional.of(ended.at());
      case TestenvStarted begun -> lab(begun.lab(), begun.at()).begin(begun.testenv(), begun.at());
      case TestenvStep step ->
          lab(step.lab(), step.at())
              .setUp(step.testenv(), step.at())
              .steps
              .add(new RunData.Message(step.at(), step.step()));
      case TestenvReady ready -> {
        OpenSetUp setUp = lab(ready.lab(), ready.at()).setUp(ready.testenv(), ready.at());
        setUp.end = Optional.of(ready.at());
        setUp.fromSnapshot = ready.fromSnapshot();
        setUp.capture = ready.capture();
      }
      case TestenvFailed failed -> {
        OpenSetUp setUp = lab(failed.lab(), failed.at()).setUp(failed.testenv(), failed.at());
        // One that was ready died later: its set-up had ended before.
        setUp.end = setUp.end.or(() -> Optional.of(failed.at()));
        setUp.failure = Optional.of(failed.reason());
        setUp.capture = failed.capture().or(() -> setUp.capture);
        setUp.traces = failed.traces();
      }
      case SuiteSkipped one -> skipped.add(new RunData.Skipped(one.suite(), one.reason()));
      case SuiteStarted begun -> {
        OpenSuite suite = new OpenSuite(begun.suite(), begun.at(), begun.index(), begun.lab());
        open.put(begun.suite().name(), suite);
        suites.add(suite);
        lab(begun.lab(), begun.at());
      }
      case TestStarted begun -> suite(begun.suite(), begun.at()).starts.put(begun.id(), begun.at());
      case TestFinished ended -> {
        OpenSuite suite = suite(ended.suite(), ended.at());
        suite.add(ended);
        String id = ended.verdict().id();
        if (ended.verdict().outcome() == Outcome.SUCCESS && id.length() <= passedLeft) {
          passedLeft -= id.length();
          suite.passed.add(id);
        }
      }
      case SuiteSaid said -> {
        if (said.said() instanceof Output(String line)) {
          suite(said.suite(), said.at()).output.add(line);
        }
      }
      case SuiteFinished ended -> {
        OpenSuite suite = suite(ended.suite(), ended.at());
        suite.done =
            Optional.of(
                suite.finish(
                    ended.took(), Optional.of(ended.result()), ended.serverLog(), ended.files()));
        open.remove(ended.suite().name());
      }
      case RunFinished end -> finished = Optional.of(end);
    }
  }

  private OpenLab lab(String name, Instant at) {
    return labs.computeIfAbsent(name, _ -> new OpenLab(name, at));
  }

  private OpenSuite suite(Suite suite, Instant at) {
    return open.computeIfAbsent(
        suite.name(),
        _ -> {
          OpenSuite begun = new OpenSuite(suite, at, 0, "");
          suites.add(begun);
          return begun;
        });
  }

  /** All that came. */
  RunData run() {
    List<RunData.SuiteRun> done =
        suites.stream()
            .map(
                suite ->
                    suite.done.orElseGet(
                        () ->
                            suite.finish(
                                Duration.between(suite.start, last),
                                Optional.empty(),
                                "",
                                SuiteFiles.NONE)))
            .toList();
    Counts tests = done.stream().map(RunData.SuiteRun::counts).reduce(Counts.NONE, Counts::plus);
    return new RunData(
        plan,
        planned,
        start.orElse(last),
        last,
        finished.isPresent(),
        finished.flatMap(RunFinished::interrupted),
        tests,
        labs.values().stream()
            .map(lab -> lab.finish(last))
            .sorted(java.util.Comparator.comparing(RunData.LabRun::start))
            .toList(),
        done,
        List.copyOf(skipped),
        List.copyOf(progress));
  }
}
