package dev.warren.cli;

import dev.warren.lab.source.BadInputException;
import dev.warren.selftest.verdict.FailurePatterns;
import dev.warren.selftest.verdict.KnownFailures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which failures are known, under the names that Samba's {@code filter-subunit} has for them. */
final class VerdictOptions {
  @Option(
      names = "--expected-failures",
      paramLabel = "FILE|FOLDER",
      description =
          "Tests that are expected to fail: a regular expression of Python's a line, matched at the"
              + " start of a test's full name, then # and why. Of a folder all files count. May be"
              + " repeated; the file NAME.knownfail beside the plan counts anyway.")
  private List<Path> expected = List.of();

  @Option(
      names = "--flapping",
      paramLabel = "FILE|FOLDER",
      description =
          "Tests that may fail, in the same form. May be repeated; the file NAME.flapping beside the"
              + " plan counts anyway.")
  private List<Path> flapping = List.of();

  /**
   * All that is known.
   *
   * @throws BadInputException with every mistake in any of the lists
   */
  KnownFailures known(List<Path> expectedBeside, List<Path> flappingBeside)
      throws BadInputException {
    return new KnownFailures(
        FailurePatterns.read(both(expectedBeside, expected)),
        FailurePatterns.read(both(flappingBeside, flapping)));
  }

  private static List<Path> both(List<Path> beside, List<Path> given) {
    List<Path> all = new ArrayList<>(beside);
    all.addAll(given);
    return all;
  }
}
