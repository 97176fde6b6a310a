package dev.warren.selftest.choice;

import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.Spelling;
import dev.warren.selftest.plan.NameFilter;
import dev.warren.selftest.plan.Plan;
import dev.warren.selftest.plan.SkippedSuite;
import dev.warren.selftest.plan.Suite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which suites of a plan run.
 *
 * <p>In this order: what {@code names}, {@code included} and {@code tags} do not take, and what is
 * not among the {@code tests}, is no part of the run. What the testenvs or {@code excluded} leave
 * out is skipped, and told of.
 *
 * @param names regular expressions of the command line
 * @param included lists of suites of which each suite must be in one; none for all suites
 * @param excluded suites that are skipped, with the reason
 * @param testenvs the testenvs whose suites run
 * @param tags words of which a suite must have one; none for all suites
 * @param tests single tests and suites; empty for all
 */
public record Choice(
    NameFilter names,
    List<SuitePatterns> included,
    SuitePatterns excluded,
    TestenvFilter testenvs,
    Set<String> tags,
    Optional<SingleTests> tests) {

  /** Copies the collections. */
  public Choice {
    included = List.copyOf(included);
    tags = Set.copyOf(tags);
  }

  /**
   * The chosen suites, and those that are skipped.
   *
   * @param suites all of the plan
   * @param testenvs those that there are besides those of the plan
   * @param problems takes tests, testenvs and tags that nothing in the plan has
   */
  public Plan of(List<Suite> suites, Collection<String> testenvs, Problems problems) {
    checkTestenvs(suites, testenvs, problems);
    checkTags(suites, problems);
    List<Suite> left = tests.isPresent() ? tests.get().of(suites, problems) : suites;
    List<Suite> chosen = new ArrayList<>();
    List<SkippedSuite> skipped = new ArrayList<>();
    for (Suite suite : left) {
      if (isPart(suite)) {
        skipReason(suite)
            .ifPresentOrElse(
                reason -> skipped.add(new SkippedSuite(suite, reason)), () -> chosen.add(suite));
      }
    }
    return new Plan(chosen, skipped);
  }

  private boolean isPart(Suite suite) {
    return names.matches(suite.name())
        && included.stream().allMatch(list -> list.find(suite.name()).isPresent())
        && (tags.isEmpty() || !Collections.disjoint(tags, suite.settings().tags()));
  }

  private Optional<String> skipReason(Suite suite) {
    return testenvs.refusal(suite.testenv()).or(() -> excluded.find(suite.name()));
  }

  private void checkTestenvs(List<Suite> suites, Collection<String> others, Problems problems) {
    Set<String> known = new HashSet<>(others);
    suites.forEach(suite -> known.add(suite.testenv().testenv()));
    String option = testenvs.included().isEmpty() ? "--exclude-env" : "--include-env";
    for (String name : testenvs.named()) {
      if (!known.contains(name)) {
        problems.add(
            Position.of(option),
            "no suite has the testenv \"%s\"%s".formatted(name, Spelling.hint(name, known)));
      }
    }
  }

  private void checkTags(List<Suite> suites, Problems problems) {
    Set<String> known = new HashSet<>();
    suites.forEach(suite -> known.addAll(suite.settings().tags()));
    for (String tag : tags) {
      if (!known.contains(tag)) {
        problems.add(
            Position.of("--tag"),
            "no suite has the tag \"%s\"%s".formatted(tag, Spelling.hint(tag, known)));
      }
    }
  }
}
