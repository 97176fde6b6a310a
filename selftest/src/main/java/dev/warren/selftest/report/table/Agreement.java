package dev.warren.selftest.report.table;

import dev.warren.selftest.report.compare.RunOutcomes;
import dev.warren.selftest.report.compare.RunOutcomes.Ending;
import dev.warren.selftest.report.compare.RunOutcomes.Subject;
import dev.warren.selftest.verdict.FailurePattern;
import dev.warren.selftest.verdict.FailurePatterns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far Warren and another harness come to the same verdict on the same suites: whether the suite
 * passes, known failures included, or fails.
 *
 * @param testenvs how many suites ran in both, by testenv
 * @param tests of all tests of these suites
 * @param differences the suites on which the verdicts differ, by testenv
 * @param onlyOurs how many suites ran here alone
 * @param onlyTheirs how many suites ran there alone
 * @param idle reasons that speak of suites on which the verdicts are the same
 */
public record Agreement(
    SortedMap<String, Share> testenvs,
    Share tests,
    List<Difference> differences,
    int onlyOurs,
    int onlyTheirs,
    List<FailurePattern> idle) {
  private static final Pattern TESTENV =
      Pattern.compile(".*\\(([^():]+)(?::[^():]*)?\\)(?:~\\d+)?");

  /** Copies the lists. */
  public Agreement {
    differences = List.copyOf(differences);
    idle = List.copyOf(idle);
  }

  /** So many, of which the verdict on so many is the same. */
  public record Share(int same, int all) {
    Share plus(boolean equal) {
      return new Share(same + (equal ? 1 : 0), all + 1);
    }

    Share plus(Share other) {
      return new Share(same + other.same, all + other.all);
    }
  }

  /**
   * A suite on which the verdicts differ.
   *
   * @param tests its tests that end well in one harness and badly, or not at all, in the other
   * @param reason why; empty where it is not known
   */
  public record Difference(
      String suite,
      String testenv,
      Ending theirs,
      Ending ours,
      List<String> tests,
      Optional<String> reason) {
    /** Copies the list. */
    public Difference {
      tests = List.copyOf(tests);
    }
  }

  /** All suites that ran in both. */
  public Share suites() {
    return testenvs.values().stream().reduce(new Share(0, 0), Share::plus);
  }

  /** How many differences nobody has explained. */
  public long unexplained() {
    return differences.stream().filter(one -> one.reason().isEmpty()).count();
  }

  /**
   * Lays runs beside those of another harness. Of a suite that ran several times the last run
   * counts, in the order given.
   *
   * @param reasons why verdicts differ, by the names of suites
   */
  public static Agreement of(
      List<RunOutcomes> theirs, List<RunOutcomes> ours, FailurePatterns reasons) {
    Map<String, Suite> there = suites(theirs);
    Map<String, Suite> here = suites(ours);
    SortedMap<String, Share> testenvs = new TreeMap<>();
    Share tests = new Share(0, 0);
    List<Difference> differences = new ArrayList<>();
    Set<FailurePattern> idle = new LinkedHashSet<>();
    Set<FailurePattern> needed = new LinkedHashSet<>();
    for (Map.Entry<String, Suite> entry : here.entrySet()) {
      String name = entry.getKey();
      Suite their = there.get(name);
      if (their == null) {
        continue;
      }
      Suite our = entry.getValue();
      boolean same = our.ending().outcome().isBad() == their.ending().outcome().isBad();
      testenvs.merge(testenv(name), new Share(0, 0).plus(same), Share::plus);
      List<String> otherwise = otherwise(their, our);
      int all = union(their, our).size();
      tests = tests.plus(new Share(all - otherwise.size(), all));
      Optional<FailurePattern> reason = reasons.find(name);
      reason.ifPresent((same ? idle : needed)::add);
      if (!same) {
        differences.add(
            new Difference(
                name,
                testenv(name),
                their.ending(),
                our.ending(),
                otherwise,
                reason.map(FailurePattern::reason)));
      }
    }
    differences.sort(Comparator.comparing(Difference::testenv));
    idle.removeAll(needed);
    int both = testenvs.values().stream().mapToInt(Share::all).sum();
    return new Agreement(
        testenvs, tests, differences, here.size() - both, there.size() - both, List.copyOf(idle));
  }

  /** The testenv in a suite's name, which Samba's plans end with it; {@code none} without one. */
  static String testenv(String suite) {
    Matcher matcher = TESTENV.matcher(suite);
    return matcher.matches() ? matcher.group(1) : "none";
  }

  private record Suite(Ending ending, Map<String, Ending> tests) {}

  private static Map<String, Suite> suites(List<RunOutcomes> runs) {
    Map<String, Suite> suites = new LinkedHashMap<>();
    for (RunOutcomes run : runs) {
      Map<String, Map<String, Ending>> tests = new LinkedHashMap<>();
      run.outcomes()
          .forEach(
              (subject, ending) ->
                  subject
                      .test()
                      .ifPresent(
                          test ->
                              tests
                                  .computeIfAbsent(subject.suite(), _ -> new LinkedHashMap<>())
                                  .put(test, ending)));
      for (Map.Entry<Subject, Ending> entry : run.outcomes().entrySet()) {
        Subject subject = entry.getKey();
        if (subject.test().isEmpty()) {
          suites.put(
              subject.suite(),
              new Suite(entry.getValue(), tests.getOrDefault(subject.suite(), Map.of())));
        }
      }
    }
    return suites;
  }

  private static Set<String> union(Suite one, Suite other) {
    Set<String> all = new LinkedHashSet<>(one.tests().keySet());
    all.addAll(other.tests().keySet());
    return all;
  }

  private static List<String> otherwise(Suite theirs, Suite ours) {
    return union(theirs, ours).stream()
        .filter(test -> !bad(theirs.tests().get(test)).equals(bad(ours.tests().get(test))))
        .toList();
  }

  private static Optional<Boolean> bad(@org.jspecify.annotations.Nullable Ending ending) {
    return Optional.ofNullable(ending).map(one -> one.outcome().isBad());
  }
}
