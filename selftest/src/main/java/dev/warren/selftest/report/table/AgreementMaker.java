package dev.warren.selftest.report.table;

import dev.warren.selftest.report.compare.RunOutcomes;
import dev.warren.selftest.report.compare.RunOutcomes.Ending;
import dev.warren.selftest.report.compare.RunOutcomes.Subject;
import dev.warren.selftest.report.table.Agreement.Difference;
import dev.warren.selftest.report.table.Agreement.Share;
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
import org.jspecify.annotations.Nullable;

/** Lays runs beside those of another harness. */
public final class AgreementMaker {
  private static final Pattern TESTENV =
      Pattern.compile(".*\\(([^():]+)(?::[^():]*)?\\)(?:~\\d+)?");

  private final FailurePatterns reasons;
  private final SortedMap<String, Share> testenvs = new TreeMap<>();
  private final List<Difference> differences = new ArrayList<>();
  private final Set<FailurePattern> idle = new LinkedHashSet<>();
  private final Set<FailurePattern> needed = new LinkedHashSet<>();
  private Share tests = new Share(0, 0);

  private AgreementMaker(FailurePatterns reasons) {
    this.reasons = reasons;
  }

  /** How a suite ended, and its tests by their ids. */
  private record Suite(Ending ending, Map<String, Ending> tests) {}

  /**
   * Compares. Of a suite that ran several times the last run counts, in the order given.
   *
   * @param reasons why verdicts differ, by the names of suites
   */
  public static Agreement of(
      List<RunOutcomes> theirs, List<RunOutcomes> ours, FailurePatterns reasons) {
    AgreementMaker maker = new AgreementMaker(reasons);
    Map<String, Suite> there = suites(theirs);
    Map<String, Suite> here = suites(ours);
    int both = 0;
    for (Map.Entry<String, Suite> entry : here.entrySet()) {
      Suite their = there.get(entry.getKey());
      if (their != null) {
        maker.compare(entry.getKey(), their, entry.getValue());
        both++;
      }
    }
    return maker.made(here.size() - both, there.size() - both);
  }

  private void compare(String name, Suite their, Suite our) {
    boolean same = our.ending().outcome().isBad() == their.ending().outcome().isBad();
    testenvs.merge(testenv(name), Share.of(same), Share::plus);
    Set<String> all = new LinkedHashSet<>(their.tests().keySet());
    all.addAll(our.tests().keySet());
    List<String> otherwise =
        all.stream()
            .filter(test -> !bad(their.tests().get(test)).equals(bad(our.tests().get(test))))
            .toList();
    tests = tests.plus(new Share(all.size() - otherwise.size(), all.size()));
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

  private Agreement made(int onlyOurs, int onlyTheirs) {
    differences.sort(Comparator.comparing(Difference::testenv));
    idle.removeAll(needed);
    return new Agreement(testenvs, tests, differences, onlyOurs, onlyTheirs, List.copyOf(idle));
  }

  /** The testenv in a suite's name, which Samba's plans end with it; {@code none} without one. */
  static String testenv(String suite) {
    Matcher matcher = TESTENV.matcher(suite);
    return matcher.matches() ? matcher.group(1) : "none";
  }

  private static Map<String, Suite> suites(List<RunOutcomes> runs) {
    Map<String, Suite> suites = new LinkedHashMap<>();
    for (RunOutcomes run : runs) {
      Map<String, Map<String, Ending>> tests = tests(run);
      for (Map.Entry<Subject, Ending> entry : run.outcomes().entrySet()) {
        String name = entry.getKey().suite();
        if (entry.getKey().test().isEmpty()) {
          suites.put(name, new Suite(entry.getValue(), tests.getOrDefault(name, Map.of())));
        }
      }
    }
    return suites;
  }

  private static Map<String, Map<String, Ending>> tests(RunOutcomes run) {
    Map<String, Map<String, Ending>> tests = new LinkedHashMap<>();
    for (Map.Entry<Subject, Ending> entry : run.outcomes().entrySet()) {
      Subject subject = entry.getKey();
      if (subject.test().isPresent()) {
        tests
            .computeIfAbsent(subject.suite(), _ -> new LinkedHashMap<>())
            .put(subject.test().get(), entry.getValue());
      }
    }
    return tests;
  }

  private static Optional<Boolean> bad(@Nullable Ending ending) {
    return Optional.ofNullable(ending).map(one -> one.outcome().isBad());
  }
}
