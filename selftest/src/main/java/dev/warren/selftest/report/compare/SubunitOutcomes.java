package dev.warren.selftest.report.compare;

import dev.warren.selftest.report.compare.RunOutcomes.Ending;
import dev.warren.selftest.report.compare.RunOutcomes.Subject;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.subunit.SubunitEvent.SuiteFinished;
import dev.warren.selftest.subunit.SubunitEvent.SuiteStarted;
import dev.warren.selftest.subunit.SubunitEvent.TestFinished;
import dev.warren.selftest.subunit.SubunitEvent.TestStarted;
import dev.warren.selftest.subunit.SubunitEvent.Time;
import dev.warren.selftest.subunit.SubunitParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a subunit stream tells of suites and their tests, as Samba's own harness leaves it in {@code
 * st/subunit}. A test belongs to the suite that runs; one outside of all is left out.
 */
final class SubunitOutcomes {
  private static final int PIECE = 1 << 16;

  private final Map<Subject, Ending> outcomes = new LinkedHashMap<>();
  private final Map<String, Instant> starts = new HashMap<>();
  private Instant now = Instant.EPOCH;
  private Instant suiteStart = Instant.EPOCH;
  private @Nullable String suite;

  private SubunitOutcomes() {}

  /** Reads a file to its end. */
  static Map<Subject, Ending> read(Path file) throws IOException {
    SubunitOutcomes read = new SubunitOutcomes();
    SubunitParser parser = new SubunitParser(read::on);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] piece = new byte[PIECE];
      for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
        parser.feed(piece, 0, length);
      }
    }
    parser.finish();
    return read.outcomes;
  }

  private void on(SubunitEvent event) {
    switch (event) {
      case Time time -> now = time.instant();
      case SuiteStarted started -> {
        suite = started.name();
        suiteStart = now;
        starts.clear();
      }
      case TestStarted started -> starts.put(started.id(), now);
      case TestFinished finished -> finished(finished);
      case SuiteFinished finished -> {
        outcomes.put(
            new Subject(finished.name(), Optional.empty()),
            new Ending(
                finished.outcome(),
                Duration.between(suiteStart, now),
                explained(finished.reason())));
        suite = null;
      }
      default -> {}
    }
  }

  private void finished(TestFinished finished) {
    String running = suite;
    if (running == null) {
      return;
    }
    Instant start = starts.getOrDefault(finished.id(), now);
    outcomes.merge(
        new Subject(running, Optional.of(finished.id())),
        new Ending(finished.outcome(), Duration.between(start, now), explained(finished.reason())),
        Ending::worse);
  }

  private static Optional<String> explained(Optional<String> reason) {
    return reason.map(String::strip).filter(text -> !text.isEmpty());
  }
}
