package dev.warren.selftest.results;

import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Hands on events that fit each other, under names that every report can hold. */
final class TestEvents {
  /** The longest name of a test, in characters. */
  static final int LONGEST_NAME = 2000;

  /** The longest reason, in characters. */
  static final int LONGEST_REASON = 1 << 20;

  private static final String NAMELESS = "a test without a name";

  private final Consumer<? super SubunitEvent> events;
  private final Set<String> open = new LinkedHashSet<>();

  TestEvents(Consumer<? super SubunitEvent> events) {
    this.events = events;
  }

  /**
   * A test starts.
   *
   * @return its name in the events: on one line, and none that is open already
   */
  String start(String name) {
    String clean = clean(name);
    String id = clean;
    for (int number = 2; !open.add(id); number++) {
      id = clean + " #" + number;
    }
    events.accept(new SubunitEvent.TestStarted(id));
    return id;
  }

  /** A test ends that {@link #start} gave a name. */
  void finish(String id, Outcome outcome, Optional<String> reason) {
    if (!open.remove(id)) {
      throw new IllegalStateException("the test was not started: " + id);
    }
    events.accept(new SubunitEvent.TestFinished(id, outcome, reason.flatMap(TestEvents::reason)));
  }

  /** A test that starts and ends at once. */
  void test(String name, Outcome outcome, Optional<String> reason) {
    finish(start(name), outcome, reason);
  }

  /** Something went wrong that is of no test that was started. */
  void error(String name, String reason) {
    test(name, Outcome.ERROR, Optional.of(reason));
  }

  /** Ends all tests that are open, the last one first. */
  void finishOpen() {
    for (String id : List.copyOf(open).reversed()) {
      finish(id, Outcome.ERROR, Optional.of("was started but never finished!"));
    }
  }

  void time(Instant instant) {
    events.accept(new SubunitEvent.Time(instant));
  }

  void output(String line) {
    events.accept(new SubunitEvent.Output(line));
  }

  private static Optional<String> reason(String text) {
    String kept = text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) : text;
    return Optional.of(kept.stripTrailing()).filter(rest -> !rest.isEmpty());
  }

  /** A name on one line, without what no terminal and no file can show. */
  static String clean(String name) {
    StringBuilder clean = new StringBuilder();
    boolean blank = false;
    for (int i = 0; i < name.length() && clean.length() < LONGEST_NAME; ) {
      int c = name.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c)) {
        blank = !clean.isEmpty();
      } else if (Character.getType(c) != Character.SURROGATE) {
        clean.append(blank ? " " : "").appendCodePoint(c);
        blank = false;
      }
    }
    return clean.isEmpty() ? NAMELESS : clean.toString();
  }
}
