package dev.warren.selftest.run;

import dev.warren.lab.Host;
import dev.warren.selftest.testenv.Requirement;
import dev.warren.selftest.testenv.TestenvDefinition;
import dev.warren.selftest.verdict.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Looks, before a testenv is set up, whether the software has the parts that it requires. */
final class RequiredParts {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Path FOLDER = Path.of("/");

  private RequiredParts() {}

  /**
   * Looks for all of them, in the order of the definition.
   *
   * @param variables those whose values are known before anything is set up
   * @throws PartMissingException at the first that is not there
   * @throws TestenvFailedException when a script does not come to an answer
   */
  static void check(TestenvDefinition testenv, Host host, Map<String, String> variables)
      throws IOException, InterruptedException, TestenvFailedException {
    for (Requirement requirement : testenv.requires()) {
      Scripts.Outcome outcome = Scripts.run(host, requirement.script(), variables, FOLDER, LIMIT);
      if (!(outcome.exit() instanceof Exit.Code)) {
        throw new TestenvFailedException(
            testenv.name(),
            "the look for %s %s".formatted(requirement.part(), Exits.words(outcome.exit())),
            outcome.output().lines().toList());
      }
      if (!outcome.isOk()) {
        throw new PartMissingException(testenv.name(), requirement.part());
      }
    }
  }
}
