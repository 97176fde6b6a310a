package dev.warren.cli;

import dev.warren.lab.source.Problems;
import dev.warren.selftest.choice.Choice;
import dev.warren.selftest.choice.FailedSuites;
import dev.warren.selftest.choice.Shard;
import dev.warren.selftest.choice.SingleTests;
import dev.warren.selftest.choice.SuitePatterns;
import dev.warren.selftest.choice.TestenvFilter;
import dev.warren.selftest.plan.NameFilter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which suites of a plan run, and in which order. */
final class ChoiceOptions {
  /** Stands for a value that is left out. */
  private static final String UNSAID = "";

  @Option(
      names = "--testlist",
      paramLabel = "PLAN",
      description = "A further plan, as a file or as 'COMMAND|'. May be given several times.")
  private List<String> testlists = List.of();

  @Option(
      names = "--include",
      paramLabel = "FILE",
      description =
          "Only suites whose name has a match of a line of the file: REGEX # REASON. May be given"
              + " several times.")
  private List<Path> include = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "FILE",
      description = "Skip the suites that a line of the file matches, in the same form.")
  private List<Path> exclude = List.of();

  @Option(
      names = "--include-env",
      paramLabel = "TESTENV",
      split = ",",
      description = "Only suites of these testenvs, as the plan names them; skip all others.")
  private List<String> includeTestenvs = List.of();

  @Option(
      names = "--exclude-env",
      paramLabel = "TESTENV",
      split = ",",
      description = "Skip the suites of these testenvs, unless --include-env is given.")
  private List<String> excludeTestenvs = List.of();

  @Option(
      names = "--tag",
      paramLabel = "WORD",
      split = ",",
      description = "Only suites that have one of these tags.")
  private List<String> tags = List.of();

  @Option(
      names = "--load-list",
      paramLabel = "FILE",
      description =
          "Only the tests in the file, a full id a line as --list --tests prints them, or the name of"
              + " a suite.")
  private List<Path> loadLists = List.of();

  @Option(
      names = "--failed",
      arity = "0..1",
      paramLabel = "only|first",
      fallbackValue = "only",
      preprocessor = AttachedValue.class,
      description =
          "Only the suites that failed when they last ran, by the record in FOLDER; or those first.")
  private FailedSuites.@Nullable Order failed;

  @Option(
      names = "--quick",
      description =
          "Only the suites in NAME.quick beside the plan, where there is one, and as little as they"
              + " can: SELFTEST_QUICK=1 in their environment.")
  private boolean quick;

  @Option(
      names = "--shuffle",
      arity = "0..1",
      paramLabel = "SEED",
      fallbackValue = UNSAID,
      preprocessor = AttachedValue.class,
      description =
          "Run in an order of chance. The seed is printed, and gives the same order again.")
  private @Nullable String shuffle;

  @Option(
      names = {"--one", "--fail-fast"},
      description = "End after the first suite that fails.")
  private boolean failFast;

  @Option(
      names = "--shard",
      arity = "0..1",
      paramLabel = "K/N",
      fallbackValue = UNSAID,
      preprocessor = AttachedValue.class,
      description =
          "Only one of N parts, of which all take as long by the durations of earlier runs. K and N"
              + " may be left to GitLab's CI_NODE_INDEX and CI_NODE_TOTAL, K (--shard=N) to"
              + " Kubernetes' JOB_COMPLETION_INDEX.")
  private @Nullable String shard;

  @Option(
      names = "--durations",
      paramLabel = "FILE",
      description =
          "Where durations are read and recorded, to be the same for all shards. Default: a file of"
              + " the plan in Warren's cache.")
  private @Nullable Path durations;

  @Option(
      names = "--allow-duplicates",
      description = "Suites that the plan has twice run twice, the second as NAME~2.")
  private boolean allowDuplicates;

  /** Plans besides the first. */
  List<String> testlists() {
    return testlists;
  }

  boolean failFast() {
    return failFast;
  }

  boolean allowsDuplicates() {
    return allowDuplicates;
  }

  boolean isQuick() {
    return quick;
  }

  /** The file of durations, where it is not the usual one. */
  Optional<Path> durations() {
    return Optional.ofNullable(durations);
  }

  /** What to do with the suites that failed last time. */
  Optional<FailedSuites.Order> failed() {
    return Optional.ofNullable(failed);
  }

  /** The seed of the order; empty when it is the plan's. */
  OptionalLong seed() throws CommandException {
    if (shuffle == null) {
      return OptionalLong.empty();
    }
    if (shuffle.equals(UNSAID)) {
      return OptionalLong.of(new Random().nextInt(Integer.MAX_VALUE));
    }
    try {
      return OptionalLong.of(Long.parseLong(shuffle));
    } catch (NumberFormatException e) {
      throw new CommandException(
          ExitCode.BAD_INPUT, "--shuffle=%s: the seed is a whole number".formatted(shuffle));
    }
  }

  /** The part of the plan that is to run; empty for all of it. */
  Optional<Shard> shard(Map<String, String> environment) throws CommandException {
    try {
      return Optional.ofNullable(shard).map(text -> Shard.parse(text, environment));
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.BAD_INPUT, "--shard: " + e.getMessage());
    }
  }

  /** The list of single tests; empty when there is none. */
  Optional<SingleTests> tests(Problems problems) {
    return loadLists.isEmpty()
        ? Optional.empty()
        : Optional.of(SingleTests.read(loadLists, problems));
  }

  /**
   * What decides whether a suite runs.
   *
   * @param quickLists the lists of quick suites that the plans have
   * @param skipLists their lists of suites that do not run
   */
  Choice choice(
      NameFilter names,
      Optional<SingleTests> tests,
      List<Path> quickLists,
      List<Path> skipLists,
      Problems problems) {
    List<SuitePatterns> included = new ArrayList<>();
    if (!include.isEmpty()) {
      included.add(SuitePatterns.read(include, problems));
    }
    if (quick && !quickLists.isEmpty()) {
      included.add(SuitePatterns.read(quickLists, problems));
    }
    return new Choice(
        names,
        included,
        SuitePatterns.read(Stream.concat(exclude.stream(), skipLists.stream()).toList(), problems),
        new TestenvFilter(Set.copyOf(includeTestenvs), Set.copyOf(excludeTestenvs)),
        Set.copyOf(tags),
        tests);
  }
}
