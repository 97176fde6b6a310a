package dev.warren.selftest.choice;

import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import dev.warren.selftest.plan.Suite;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The suites that failed when they last ran, as the file {@code failed} of a result folder has
 * them: a name a line, a form that {@code --load-list} reads too.
 */
public final class FailedSuites {
  /** The file's name in the result folder. */
  public static final String FILE = "failed";

  /** What to do with them. */
  public enum Order {
    /** Run no others. */
    ONLY,
    /** Run them before the others. */
    FIRST
  }

  private final Set<String> names;

  /** Suites by their names. */
  public FailedSuites(Collection<String> names) {
    this.names = new LinkedHashSet<>(names);
  }

  /**
   * The record in a result folder.
   *
   * @return empty, and reported, when no run has left one
   */
  public static Optional<FailedSuites> read(Path resultFolder, Problems problems) {
    Path file = resultFolder.resolve(FILE);
    if (!Files.exists(file)) {
      problems.add(
          Position.of(resultFolder.toString()),
          "no run has left a record of failed suites here: run the plan once without --failed");
      return Optional.empty();
    }
    return Optional.of(new FailedSuites(SuitePatterns.lines(file, problems)));
  }

  /** What the record holds when these have failed since, and these have not. */
  public static void update(Path resultFolder, Set<String> failed, Set<String> passed)
      throws IOException {
    Path file = resultFolder.resolve(FILE);
    Set<String> names = new LinkedHashSet<>();
    try {
      names.addAll(Files.readAllLines(file));
    } catch (NoSuchFileException | MalformedInputException none) {
      // The first run, or no record of one.
    }
    names.removeAll(passed);
    names.addAll(failed);
    Path fresh = file.resolveSibling("." + FILE);
    Files.write(fresh, names);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The suites that failed, and, where the others run too, those after them. */
  public List<Suite> of(List<Suite> suites, Order order) {
    Stream<Suite> failed = suites.stream().filter(suite -> names.contains(suite.name()));
    Stream<Suite> others =
        order == Order.ONLY
            ? Stream.empty()
            : suites.stream().filter(suite -> !names.contains(suite.name()));
    return Stream.concat(failed, others).toList();
  }
}
