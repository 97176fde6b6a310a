package dev.warren.selftest.report.compare;

import dev.warren.selftest.report.compare.RunOutcomes.Ending;
import dev.warren.selftest.report.compare.RunOutcomes.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is different in a run, compared with an earlier one.
 *
 * @param before the earlier run
 * @param after the later one
 * @param changes of each kind those that there are, in the order of the runs
 * @param stillBad how many suites and tests fail in both
 */
public record Comparison(
    RunOutcomes before, RunOutcomes after, Map<Kind, List<Change>> changes, int stillBad) {

  /** A difference is one of these, in the order in which they are told. */
  public enum Kind {
    /** It fails now, and did not; also where it was not there. */
    NEW_FAILURES("New failures"),
    /** It failed, and does not now. */
    MENDED("Mended"),
    /** It was not there. */
    APPEARED("Appeared"),
    /** It is not there any more. */
    VANISHED("Vanished"),
    /** A suite takes at least half as long again, and a second. */
    SLOWER("Slower"),
    /** A suite took at least half as long again, and a second. */
    FASTER("Faster");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** What it is called, for people. */
    public String title() {
      return title;
    }
  }

  /** A suite or test and how it ended, in both runs where it was in both. */
  public record Change(Subject subject, Optional<Ending> before, Optional<Ending> after) {}

  private static final Duration NOTABLE = Duration.ofSeconds(1);
  private static final double MUCH = 1.5;

  /** Compares two runs. */
  public static Comparison of(RunOutcomes before, RunOutcomes after) {
    Map<Kind, List<Change>> changes = new java.util.EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      changes.put(kind, new ArrayList<>());
    }
    int stillBad = 0;
    Set<Subject> all = new java.util.LinkedHashSet<>(after.outcomes().keySet());
    all.addAll(before.outcomes().keySet());
    for (Subject subject : all) {
      Change change =
          new Change(
              subject,
              Optional.ofNullable(before.outcomes().get(subject)),
              Optional.ofNullable(after.outcomes().get(subject)));
      stillBad += isBad(change.before()) && isBad(change.after()) ? 1 : 0;
      kinds(change).forEach(kind -> changes.getOrDefault(kind, List.of()).add(change));
    }
    withoutEchoes(changes.getOrDefault(Kind.NEW_FAILURES, List.of()));
    withoutEchoes(changes.getOrDefault(Kind.MENDED, List.of()));
    withoutParts(changes.getOrDefault(Kind.APPEARED, List.of()));
    withoutParts(changes.getOrDefault(Kind.VANISHED, List.of()));
    changes
        .getOrDefault(Kind.SLOWER, List.of())
        .sort(Comparator.comparing(Comparison::difference).reversed());
    changes.getOrDefault(Kind.FASTER, List.of()).sort(Comparator.comparing(Comparison::difference));
    changes.values().removeIf(List::isEmpty);
    return new Comparison(before, after, changes, stillBad);
  }

  /** Whether something fails that did not. */
  public boolean isWorse() {
    return changes.containsKey(Kind.NEW_FAILURES);
  }

  /** By how much longer it takes; negative where it is faster. */
  static Duration difference(Change change) {
    return change
        .after()
        .map(Ending::took)
        .orElse(Duration.ZERO)
        .minus(change.before().map(Ending::took).orElse(Duration.ZERO));
  }

  private static List<Kind> kinds(Change change) {
    List<Kind> kinds = new ArrayList<>();
    if (isBad(change.after()) && !isBad(change.before())) {
      kinds.add(Kind.NEW_FAILURES);
    }
    if (change.before().isEmpty()) {
      kinds.add(Kind.APPEARED);
    } else if (change.after().isEmpty()) {
      kinds.add(Kind.VANISHED);
    } else {
      if (isBad(change.before()) && !isBad(change.after())) {
        kinds.add(Kind.MENDED);
      }
      if (change.subject().test().isEmpty()) {
        pace(change).ifPresent(kinds::add);
      }
    }
    return kinds;
  }

  private static Optional<Kind> pace(Change change) {
    double before = seconds(change.before());
    double after = seconds(change.after());
    if (difference(change).abs().compareTo(NOTABLE) < 0) {
      return Optional.empty();
    }
    if (after >= before * MUCH) {
      return Optional.of(Kind.SLOWER);
    }
    return before >= after * MUCH ? Optional.of(Kind.FASTER) : Optional.empty();
  }

  /** A suite that fails by its tests says nothing new beside them. */
  private static void withoutEchoes(List<Change> changes) {
    Set<String> suites = new HashSet<>();
    changes.stream()
        .filter(change -> change.subject().test().isPresent())
        .forEach(change -> suites.add(change.subject().suite()));
    changes.removeIf(
        change -> change.subject().test().isEmpty() && suites.contains(change.subject().suite()));
  }

  /** The tests of a suite that came or went with it say nothing new beside it. */
  private static void withoutParts(List<Change> changes) {
    Set<String> suites = new HashSet<>();
    changes.stream()
        .filter(change -> change.subject().test().isEmpty())
        .forEach(change -> suites.add(change.subject().suite()));
    changes.removeIf(
        change -> change.subject().test().isPresent() && suites.contains(change.subject().suite()));
  }

  private static boolean isBad(Optional<Ending> ending) {
    return ending.map(one -> one.outcome().isBad()).orElse(false);
  }

  private static double seconds(Optional<Ending> ending) {
    return ending.map(one -> one.took().toMillis() / 1000.0).orElse(0.0);
  }
}
