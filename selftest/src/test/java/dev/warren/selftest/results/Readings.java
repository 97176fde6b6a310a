package dev.warren.selftest.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.subunit.SubunitEvent.Output;
import dev.warren.selftest.subunit.SubunitEvent.TestFinished;
import dev.warren.selftest.subunit.SubunitEvent.TestStarted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What readers make of texts, in a form that is easy to compare. */
final class Readings {
  static final String SUITE = "the suite";

  private Readings() {}

  /** All events of a command that ended well. */
  static List<SubunitEvent> events(ResultFormat format, byte[] bytes, int pieces) {
    return events(format, bytes, pieces, ResultFiles.NONE, Outcome.SUCCESS);
  }

  static List<SubunitEvent> events(
      ResultFormat format, byte[] bytes, int pieces, ResultFiles files, Outcome end) {
    List<SubunitEvent> events = new ArrayList<>();
    ResultReader reader = ResultReader.of(format, SUITE, files, events::add);
    for (int i = 0; i < bytes.length; i += pieces) {
      reader.feed(bytes, i, Math.min(pieces, bytes.length - i));
    }
    Optional<String> why =
        end == Outcome.SUCCESS ? Optional.empty() : Optional.of("Exit code was 1");
    reader.finish(end, why);
    return events;
  }

  /** Each result as {@code outcome: id} or {@code outcome: id: reason}. */
  static List<String> results(List<SubunitEvent> events) {
    List<String> results = new ArrayList<>();
    for (SubunitEvent event : events) {
      if (event instanceof TestFinished(String id, Outcome outcome, Optional<String> reason)) {
        results.add(outcome.word() + ": " + id + reason.map(text -> ": " + text).orElse(""));
      }
    }
    return results;
  }

  static List<String> output(List<SubunitEvent> events) {
    return events.stream()
        .filter(Output.class::isInstance)
        .map(event -> ((Output) event).line())
        .toList();
  }

  /** That every test starts once at a time, and finishes. */
  static void assertConsistent(List<SubunitEvent> events) {
    Set<String> open = new HashSet<>();
    for (SubunitEvent event : events) {
      switch (event) {
        case TestStarted(String id) -> assertThat(open.add(id)).as(id).isTrue();
        case TestFinished(String id, Outcome outcome, Optional<String> _) ->
            assertThat(open.remove(id) || outcome == Outcome.SKIP || outcome == Outcome.ERROR)
                .as(id)
                .isTrue();
        default -> {}
      }
    }
    assertThat(open).isEmpty();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
