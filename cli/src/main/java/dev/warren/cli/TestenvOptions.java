package dev.warren.cli;

import dev.warren.lab.software.SoftwareChoice;
import dev.warren.selftest.run.LabOptions;
import dev.warren.selftest.testenv.Catalogue;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What {@code test} and {@code testenv} have in common. */
final class TestenvOptions {
  @Option(
      names = "--catalogue",
      paramLabel = "NAME",
      defaultValue = CatalogueFolder.DEFAULT,
      description =
          "Where the testenvs are: a folder under catalogue/, or a path. Default: ${DEFAULT-VALUE}")
  String catalogue = CatalogueFolder.DEFAULT;

  @Option(
      names = "--software",
      paramLabel = "FROM",
      defaultValue = "auto",
      description =
          "Where programs come from: installed (what this machine has), packages (fetched, and shown"
              + " to the hosts only), or auto, which fetches what is not installed. Default:"
              + " ${DEFAULT-VALUE}")
  private SoftwareChoice software = SoftwareChoice.AUTO;

  @Option(
      names = "--results",
      paramLabel = "FOLDER",
      defaultValue = "st",
      description = "Where logs and results go. Default: ${DEFAULT-VALUE}")
  private Path results = Path.of("st");

  /** Where logs and results go. */
  Path results() {
    return results.toAbsolutePath().normalize();
  }

  /**
   * Labs that other commands find as soon as they are there, and that take their requests.
   *
   * @param prefix what their names begin with; the testenv's follows
   */
  LabOptions labs(Catalogue testenvs, String prefix, Surroundings surroundings)
      throws IOException, CommandException {
    return LabOptions.of(
            testenvs,
            results(),
            surroundings.cache(),
            new RegisteredLabs(surroundings.labs(), prefix, surroundings.userNamespace()))
        .withSoftware(software);
  }
}
