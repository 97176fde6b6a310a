package dev.warren.selftest.report.table;

import dev.warren.selftest.report.events.DamagedLines;
import dev.warren.selftest.report.events.EventsReader;
import dev.warren.selftest.report.events.RunFacts;
import dev.warren.selftest.verdict.Counts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What tables tell of one run.
 *
 * @param folder where its results are
 * @param account by whom it was made
 * @param facts what it was made by and on; empty where the first line of its events is damaged
 * @param plan what its plan is called
 * @param start when it began
 * @param complete whether it came to its end
 * @param packages the packages that its testenvs name, with their versions
 * @param setUps the set-ups of testenvs, as they ended
 * @param suites those that ran, as far as they came, and those that were left out
 * @param damaged the lines of its events that could not be read
 */
public record RunRecord(
    Path folder,
    Account account,
    Optional<RunFacts> facts,
    String plan,
    Instant start,
    boolean complete,
    SortedMap<String, String> packages,
    List<SetUp> setUps,
    List<SuiteEnd> suites,
    DamagedLines damaged) {

  /** Copies the lists. */
  public RunRecord {
    setUps = List.copyOf(setUps);
    suites = List.copyOf(suites);
  }

  /** A testenv's set-up, which ended well or not, or the death of one that was ready. */
  public sealed interface SetUp {
    /** The testenv's name. */
    String testenv();
  }

  /** It is ready, after its own set-up of this length. */
  public record Ready(String testenv, Duration took, boolean fromSnapshot) implements SetUp {}

  /** It failed. */
  public record Failed(String testenv, String reason) implements SetUp {}

  /**
   * A suite of the run.
   *
   * @param testenv its testenv, without the place in it
   * @param reason why, unless it passed
   * @param counts its tests
   * @param knownFailures its tests that failed as expected, by their full ids, with the reason
   */
  public record SuiteEnd(
      String name,
      String testenv,
      Verdict verdict,
      String reason,
      Counts counts,
      Map<String, String> knownFailures) {
    /** Copies the map, whose order is kept. */
    public SuiteEnd {
      knownFailures = Collections.unmodifiableMap(new LinkedHashMap<>(knownFailures));
    }
  }

  /**
   * Reads the events in a folder of results.
   *
   * @throws IOException when there are none, or none that can be read
   */
  public static RunRecord read(Path folder) throws IOException {
    RecordCollector collector = new RecordCollector();
    EventsReader.Result read = EventsReader.readFolder(folder, collector::on);
    if (read.events() == 0) {
      throw new IOException(
          "%s: no line of its events could be read: is it a run's?".formatted(folder));
    }
    return collector.record(folder, read);
  }
}
