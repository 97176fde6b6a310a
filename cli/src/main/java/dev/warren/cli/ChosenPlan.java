package dev.warren.cli;

import dev.warren.lab.source.BadInputException;
import dev.warren.lab.source.Problems;
import dev.warren.selftest.choice.Durations;
import dev.warren.selftest.choice.FailedSuites;
import dev.warren.selftest.choice.Setups;
import dev.warren.selftest.choice.Shard;
import dev.warren.selftest.choice.Sharding;
import dev.warren.selftest.plan.Plan;
import dev.warren.selftest.plan.SkippedSuite;
import dev.warren.selftest.plan.Suite;
import dev.warren.selftest.testenv.Catalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * The suites that a run is asked for, in their order. What the user has to know of how they came
 * about is said on the way: the seed of the order, the size of the shard.
 *
 * @param plan the suites in their order, and those that are skipped
 * @param durations what is known of how long they take
 * @param durationsFile where that is recorded
 */
record ChosenPlan(Plan plan, Durations durations, Path durationsFile) {

  /**
   * Reads and chooses.
   *
   * @param jobs how many suites run at a time
   * @param resultFolder where the record of failed suites is
   * @throws BadInputException with all that is wrong in plans, lists and options
   * @throws CommandException when nothing is left to run
   */
  static ChosenPlan of(
      ChoiceOptions options,
      PlanFiles files,
      List<String> expressions,
      Catalogue catalogue,
      int jobs,
      Path resultFolder,
      Surroundings surroundings)
      throws BadInputException, CommandException, InterruptedException {
    Optional<Shard> shard = options.shard(System.getenv());
    OptionalLong seed = options.seed();
    Problems problems = new Problems();
    Plan chosen = files.choose(options, expressions, catalogue, problems, surroundings);
    Optional<FailedSuites> failed =
        options.failed().flatMap(_ -> FailedSuites.read(resultFolder, problems));
    problems.throwIfAny();
    List<Suite> suites = chosen.suites();
    if (failed.isPresent() && options.failed().equals(Optional.of(FailedSuites.Order.ONLY))) {
      suites = failed.get().of(suites, FailedSuites.Order.ONLY);
    }
    if (suites.isEmpty()) {
      throw new CommandException(ExitCode.FAILED, nothing(chosen, failed));
    }
    Path durationsFile = options.durations().orElseGet(() -> files.durations(surroundings.cache()));
    Durations durations = Durations.read(durationsFile, surroundings.err()::println);
    List<SkippedSuite> skipped = chosen.skipped();
    if (shard.isPresent()) {
      suites = shard(suites, shard.get(), durations, catalogue, surroundings);
      // Once is enough for all shards together.
      skipped = shard.get().number() == 1 ? skipped : List.of();
    }
    if (seed.isPresent()) {
      suites = shuffled(suites, seed.getAsLong(), surroundings);
    } else if (jobs > 1) {
      suites = durations.longestFirst(suites);
    }
    if (failed.isPresent()) {
      suites = failed.get().of(suites, FailedSuites.Order.FIRST);
    }
    return new ChosenPlan(new Plan(suites, skipped), durations, durationsFile);
  }

  private static String nothing(Plan chosen, Optional<FailedSuites> failed) {
    if (failed.isPresent() && !chosen.suites().isEmpty()) {
      return "No tests to run: none of the chosen suites failed last time";
    }
    return chosen.skipped().isEmpty()
        ? "No tests to run: nothing in the plan is what was chosen"
        : "No tests to run: all that was chosen is skipped, the first suite (%s) because %s"
            .formatted(
                chosen.skipped().getFirst().suite().name(), chosen.skipped().getFirst().reason());
  }

  private static List<Suite> shard(
      List<Suite> suites,
      Shard shard,
      Durations durations,
      Catalogue catalogue,
      Surroundings surroundings) {
    List<Suite> mine = Sharding.of(suites, shard, durations, Setups.of(catalogue, durations));
    surroundings
        .err()
        .println(
            "Shard %s: %d of %d suites, %s of %s without set-ups; all shards must divide by the same durations, here %s"
                .formatted(
                    shard,
                    mine.size(),
                    suites.size(),
                    seconds(mine, durations),
                    seconds(suites, durations),
                    durations.fingerprint()));
    return mine;
  }

  private static String seconds(List<Suite> suites, Durations durations) {
    Duration usual = durations.medianOfSuites().orElse(Duration.ofSeconds(1));
    Duration sum =
        suites.stream()
            .map(suite -> durations.suite(suite.name()).orElse(usual))
            .reduce(Duration.ZERO, Duration::plus);
    return sum.toSeconds() + " s";
  }

  private static List<Suite> shuffled(List<Suite> suites, long seed, Surroundings surroundings) {
    surroundings.err().println("The order is that of --shuffle=%d.".formatted(seed));
    List<Suite> order = new ArrayList<>(suites);
    Collections.shuffle(order, new Random(seed));
    return order;
  }
}
