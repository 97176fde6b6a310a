package dev.warren.cli;

import dev.warren.lab.control.LabRunsException;
import dev.warren.lab.control.Registration;
import dev.warren.lab.control.RunningLabs;
import dev.warren.lab.software.SoftwareChoice;
import dev.warren.selftest.run.LabOptions;
import dev.warren.selftest.testenv.Catalogue;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What {@code test} and {@code testenv} have in common. */
final class TestenvOptions {
  /** So many runs of one plan at a time are enough for anybody. */
  private static final int MOST_AT_A_TIME = 100;

  /** The longest name of a lab, less room for a number. */
  private static final int LONGEST_NAME = 63 - "-100".length();

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
   * Registers a lab under this name, or under one with a number where that runs already.
   *
   * @param wanted a plan's name or a testenv's, which may have what a lab's may not: that becomes -
   */
  static Registration register(RunningLabs labs, String wanted) throws IOException {
    String name = labName(wanted);
    for (int number = 2; ; number++) {
      try {
        return labs.register(number == 2 ? name : name + "-" + (number - 1));
      } catch (LabRunsException taken) {
        if (number > MOST_AT_A_TIME) {
          throw taken;
        }
      }
    }
  }

  private static String labName(String wanted) {
    String name = wanted.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[^A-Za-z0-9]+", "");
    return name.isEmpty() ? "testenv" : name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }

  /** A lab that other commands find as soon as it is there, and that takes their requests. */
  LabOptions lab(Catalogue testenvs, Registration registration, Surroundings surroundings) {
    return LabOptions.of(
            testenvs,
            registration.lab().name(),
            registration.stateDirectory(),
            results(),
            surroundings.cache())
        .withSoftware(software)
        .withStarter(new SupervisedStart(registration, surroundings.userNamespace()));
  }
}
