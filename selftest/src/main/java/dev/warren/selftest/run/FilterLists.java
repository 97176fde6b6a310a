package dev.warren.selftest.run;

import dev.warren.lab.Host;
import dev.warren.lab.source.BadInputException;
import dev.warren.selftest.plan.FilterOptions;
import dev.warren.selftest.verdict.FailurePatterns;
import dev.warren.selftest.verdict.KnownFailures;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the filter in a command's pipe knows of tests.
 *
 * @param known its lists
 * @param problem what is wrong with them; nothing is known then
 */
record FilterLists(KnownFailures known, Optional<String> problem) {

  /**
   * Reads the lists that a filter names.
   *
   * @param host whose files they are
   * @param place where the command runs
   */
  static FilterLists read(FilterOptions filter, Host host, Path place) {
    if (filter.expectedFailures().isEmpty() && filter.flapping().isEmpty()) {
      return new FilterLists(KnownFailures.NONE, Optional.empty());
    }
    try {
      return new FilterLists(host.files(() -> lists(filter, place)), Optional.empty());
    } catch (BadInputException e) {
      return wrong(String.valueOf(e.getMessage()));
    } catch (InvalidPathException | IOException e) {
      return wrong(e.toString());
    }
  }

  private static KnownFailures lists(FilterOptions filter, Path place) throws BadInputException {
    return new KnownFailures(
        FailurePatterns.read(from(place, filter.expectedFailures())),
        FailurePatterns.read(from(place, filter.flapping())));
  }

  private static List<Path> from(Path place, List<String> names) {
    return names.stream().map(place::resolve).toList();
  }

  private static FilterLists wrong(String why) {
    return new FilterLists(
        KnownFailures.NONE, Optional.of("the lists of its filter-subunit: " + why));
  }
}
