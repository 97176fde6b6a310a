package dev.warren.selftest.report.compare;

import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunEvent.SuiteFinished;
import dev.warren.selftest.report.RunEvent.SuiteStarted;
import dev.warren.selftest.report.RunEvent.TestFinished;
import dev.warren.selftest.report.RunEvent.TestStarted;
import dev.warren.selftest.report.RunListener;
import dev.warren.selftest.report.events.EventsReader;
import dev.warren.selftest.subunit.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What became of the suites and tests of one run.
 *
 * @param folder where its results are: a folder, or the file of a subunit stream
 * @param plan what its plan is called
 * @param outcomes by suite and test, in the order in which they ended
 */
public record RunOutcomes(Path folder, String plan, Map<Subject, Ending> outcomes) {

  /** A suite, or a test of it. */
  public record Subject(String suite, Optional<String> test) {
    @Override
    public String toString() {
      return test.map(id -> id + " of " + suite).orElse(suite);
    }
  }

  /**
   * How it ended; of a test that ended several times, the worst.
   *
   * @param reason why, unless all is well
   */
  public record Ending(Outcome outcome, Duration took, Optional<String> reason) {
    /** The worse of two; of two that are equally bad the later. */
    Ending worse(Ending later) {
      return later.outcome.isBad() || !outcome.isBad() ? later : this;
    }
  }

  /**
   * Reads the events in a folder of results, or a file with a subunit stream, as Samba's own
   * harness leaves it in {@code st/subunit}.
   *
   * @throws IOException when there are none, or none that can be read
   */
  public static RunOutcomes read(Path folder) throws IOException {
    if (Files.isRegularFile(folder)) {
      Map<Subject, Ending> outcomes = SubunitOutcomes.read(folder);
      if (outcomes.isEmpty()) {
        throw new IOException("%s: no suite ends in it: is it a subunit stream?".formatted(folder));
      }
      return new RunOutcomes(folder, folder.getFileName().toString(), outcomes);
    }
    Collector collector = new Collector();
    EventsReader.Result read = EventsReader.readFolder(folder, collector);
    if (read.events() == 0) {
      throw new IOException(
          "%s: no line of its events could be read: is it a run's?".formatted(folder));
    }
    return new RunOutcomes(folder, collector.plan, collector.outcomes);
  }

  private static final class Collector
      implements RunListener, java.util.function.Consumer<RunEvent> {
    private final Map<Subject, Ending> outcomes = new LinkedHashMap<>();
    private final Map<Subject, Instant> starts = new HashMap<>();
    private String plan = "";

    @Override
    public void accept(RunEvent event) {
      on(event);
    }

    @Override
    public void on(RunEvent event) {
      switch (event) {
        case RunEvent.RunStarted started -> plan = started.plan();
        case SuiteStarted begun -> starts.put(suite(begun.suite().name()), begun.at());
        case TestStarted begun -> starts.put(test(begun.suite().name(), begun.id()), begun.at());
        case TestFinished ended -> {
          Subject subject = test(ended.suite().name(), ended.verdict().id());
          Instant start = starts.remove(subject);
          Duration took = Duration.between(start == null ? ended.at() : start, ended.at());
          outcomes.merge(
              subject,
              new Ending(ended.verdict().outcome(), took, ended.verdict().explanation()),
              Ending::worse);
        }
        case SuiteFinished ended -> {
          Subject subject = suite(ended.suite().name());
          starts.remove(subject);
          outcomes.put(
              subject, new Ending(ended.result().outcome(), ended.took(), ended.result().reason()));
        }
        default -> {}
      }
    }

    private static Subject suite(String name) {
      return new Subject(name, Optional.empty());
    }

    private static Subject test(String suite, String id) {
      return new Subject(suite, Optional.of(id));
    }
  }
}
