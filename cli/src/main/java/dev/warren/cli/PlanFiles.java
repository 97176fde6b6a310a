package dev.warren.cli;

import dev.warren.lab.source.BadInputException;
import dev.warren.lab.source.Problems;
import dev.warren.selftest.build.BuildTree;
import dev.warren.selftest.choice.Choice;
import dev.warren.selftest.choice.Duplicates;
import dev.warren.selftest.choice.SingleTests;
import dev.warren.selftest.plan.NameFilter;
import dev.warren.selftest.plan.Plan;
import dev.warren.selftest.plan.PlanCheck;
import dev.warren.selftest.plan.PlanReader;
import dev.warren.selftest.plan.PlanRules;
import dev.warren.selftest.plan.PlanSource;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.testenv.Catalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The plans of a run, and what lies beside them.
 *
 * @param plans at least one
 */
record PlanFiles(List<CatalogueFolder.PlanChoice> plans) {
  /** What Samba's selftest sets for suites that are to be quick. */
  private static final String QUICK = "SELFTEST_QUICK";

  /** Copies the list. */
  PlanFiles {
    plans = List.copyOf(plans);
  }

  /**
   * Finds plans.
   *
   * @param catalogue that of plans which are given by their paths
   * @param tree the build tree, whose own plan is called {@code tree}
   */
  static PlanFiles find(
      List<String> names, String catalogue, CatalogueFolder folder, Optional<BuildTree> tree)
      throws CommandException, IOException {
    List<CatalogueFolder.PlanChoice> plans = new ArrayList<>();
    for (String name : names) {
      plans.add(
          tree.isPresent() && name.equals(CatalogueFolder.TREE_PLAN)
              ? CatalogueFolder.plan(tree.get(), catalogue)
              : folder.plan(name, catalogue));
    }
    List<String> catalogues = plans.stream().map(plan -> plan.catalogue()).distinct().toList();
    if (catalogues.size() > 1) {
      throw new CommandException(
          ExitCode.BAD_INPUT,
          "the plans of a run have their testenvs in one catalogue, not in %s"
              .formatted(String.join(" and ", catalogues)));
    }
    return new PlanFiles(plans);
  }

  /** What a run of them is called. */
  String name() {
    return plans.getFirst().name();
  }

  /** The catalogue of their testenvs. */
  String catalogue() {
    return plans.getFirst().catalogue();
  }

  /** The lists of this ending beside the plans. */
  List<Path> beside(String ending) {
    return plans.stream().flatMap(plan -> plan.beside(ending).stream()).distinct().toList();
  }

  /** Where the durations of these plans are recorded. */
  Path durations(Path cache) {
    String sources =
        plans.stream()
            .map(plan -> whole(plan.source()))
            .collect(Collectors.joining("\n", catalogue() + "\n", ""));
    String safe = name().replaceAll("[^A-Za-z0-9.-]", "_");
    return cache
        .resolve("durations")
        .resolve(
            "%s-%08x.json"
                .formatted(safe.substring(0, Math.min(100, safe.length())), sources.hashCode()));
  }

  private static String whole(PlanSource source) {
    return switch (source) {
      case PlanSource.File(Path path) -> path.toAbsolutePath().normalize().toString();
      case PlanSource.Output output -> output + " in " + Path.of("").toAbsolutePath();
    };
  }

  /**
   * Reads the plans, chooses of their suites, and checks what is chosen.
   *
   * @param problems takes what is wrong
   */
  Plan choose(
      ChoiceOptions options,
      List<String> expressions,
      Catalogue catalogue,
      Problems problems,
      Surroundings surroundings)
      throws InterruptedException {
    Map<String, String> environment = options.isQuick() ? Map.of(QUICK, "1") : Map.of();
    PlanReader reader = new PlanReader(environment, surroundings.err()::println);
    List<Suite> all = new ArrayList<>();
    for (CatalogueFolder.PlanChoice plan : plans) {
      List<Suite> suites = reader.read(List.of(plan.source()), problems);
      boolean pipefail = plan.tree().map(BuildTree::pipefail).orElse(true);
      all.addAll(pipefail ? suites : suites.stream().map(Suite::withoutPipefail).toList());
    }
    // Samba's own plan has some suites twice, and nobody here can change it.
    if (options.allowsDuplicates() || plans.stream().anyMatch(plan -> plan.tree().isPresent())) {
      all = Duplicates.numbered(all);
    }
    Optional<SingleTests> tests = options.tests(problems);
    Choice choice =
        options.choice(
            names(expressions, problems),
            tests,
            beside(CatalogueFolder.QUICK),
            beside(CatalogueFolder.SKIP),
            problems);
    // What a list names may be in a plan that could not be read.
    Plan chosen = choice.of(all, catalogue.names(), problems.isEmpty() ? problems : new Problems());
    check(chosen, catalogue, problems, surroundings);
    tellOfWhole(tests, chosen, surroundings);
    return options.isQuick() ? quick(chosen) : chosen;
  }

  private static void check(
      Plan chosen, Catalogue catalogue, Problems problems, Surroundings surroundings) {
    Problems found = new Problems();
    PlanCheck.check(chosen.suites(), PlanRules.strict(catalogue.names()), found);
    if (!found.isEmpty()) {
      problems.addAll(found.list());
      surroundings
          .err()
          .println(
              "Only suites that are chosen must be right: --include-env, --exclude-env and --exclude"
                  + " leave others out, and --allow-duplicates runs those of the same name.");
    }
  }

  private static NameFilter names(List<String> expressions, Problems problems) {
    try {
      return NameFilter.of(expressions, "REGEX");
    } catch (BadInputException mistakes) {
      problems.addAll(mistakes.problems());
      return NameFilter.ALL;
    }
  }

  private static void tellOfWhole(
      Optional<SingleTests> tests, Plan chosen, Surroundings surroundings) {
    tests
        .map(list -> list.unable(chosen.suites()))
        .orElse(List.of())
        .forEach(
            suite ->
                surroundings
                    .err()
                    .println(
                        "The suite %s cannot run single tests: it runs all of its own."
                            .formatted(suite.name())));
  }

  private static Plan quick(Plan plan) {
    return new Plan(
        plan.suites().stream().map(suite -> suite.withVariable(QUICK, "1")).toList(),
        plan.skipped());
  }
}
