package dev.warren.selftest.results;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What a TAP document, or a subtest of one, has said so far of how many tests it has. */
final class TapDocument {
  /** So many missing tests are told by name. */
  private static final int MISSING_BY_NAME = 100;

  private final TestEvents events;
  private final String name;
  private final String prefix;

  /** Whether it surely is a document: some programs print what looks like a part of one. */
  private final boolean announced;

  private final Set<Integer> seen = new HashSet<>();
  private Optional<Integer> plan = Optional.empty();
  private int next = 1;

  /**
   * A document of nothing yet.
   *
   * @param name what is told under if it is of no single test
   * @param prefix before the names of its tests
   */
  TapDocument(TestEvents events, String name, String prefix, boolean announced) {
    this.events = events;
    this.name = name;
    this.prefix = prefix;
    this.announced = announced;
  }

  /** A part of it, called as it was announced, else by the number of the test that sums it up. */
  TapDocument subtest(Optional<String> announced) {
    String part = prefix + announced.filter(text -> !text.isEmpty()).orElse("test " + next);
    return new TapDocument(events, part, part + " / ", announced.isPresent());
  }

  String name() {
    return name;
  }

  /** Says how many tests there are; false when that was said before. */
  boolean plan(int count) {
    if (plan.isPresent()) {
      events.error(name, "there is a second plan, 1..%d".formatted(count));
      return false;
    }
    plan = Optional.of(count);
    return true;
  }

  /** The name of a test that comes now. */
  String point(TapLine.Point point) {
    int number = point.number().orElse(next);
    next = number + 1;
    String test = prefix + (point.description().isEmpty() ? "test " + number : point.description());
    if (!seen.add(number)) {
      events.error(test, "test %d comes a second time".formatted(number));
    }
    return test;
  }

  /** It ended: what is missing is an error, and what nobody planned. */
  void end() {
    if (plan.isEmpty()) {
      if (announced) {
        events.error(name, "there is no plan: the results were cut off, or are no TAP");
      }
      return;
    }
    int planned = plan.get();
    long beyond = seen.stream().filter(number -> number < 1 || number > planned).count();
    long missing = planned - (seen.size() - beyond);
    int told = 0;
    for (int number = 1; told < Math.min(missing, MISSING_BY_NAME); number++) {
      if (!seen.contains(number)) {
        told++;
        events.error(prefix + "test " + number, "the test is missing in the results");
      }
    }
    if (missing > told) {
      events.error(name, "%d more tests are missing in the results".formatted(missing - told));
    }
    if (beyond > 0) {
      events.error(
          name, "the plan is 1..%d, and %d tests are beyond it".formatted(planned, beyond));
    }
  }
}
