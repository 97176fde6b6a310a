package dev.warren.selftest.run;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where things stand in every host of a lab with testenvs.
 *
 * @param prefix the state of all testenvs, a folder each, seen by all hosts
 * @param catalogue the catalogue's folder, only to be read
 * @param backup the backup of which a testenv is made, only to be read
 */
record LabPaths(Path prefix, Path catalogue, Path backup) {
  /** Where each lab has files of its own. */
  static final LabPaths USUAL =
      new LabPaths(
          Path.of("/run/warren/st"),
          Path.of("/run/warren/catalogue"),
          Path.of("/run/warren/backup.tar.bz2"));

  /**
   * Where hosts see the machine's files, as under cwrap.
   *
   * @param folder of the lab
   */
  static LabPaths onMachine(Path folder, Path catalogue, Optional<Path> backup) {
    return new LabPaths(
        folder.resolve("st"), catalogue.toAbsolutePath(), backup.orElse(folder.resolve("none")));
  }

  /** Whether hosts see the machine's files there. */
  boolean areMachine() {
    return !equals(USUAL);
  }

  /** The folders in which suites run. */
  Path suites() {
    return prefix.resolve("tmp");
  }

  /** The state of a testenv. */
  Path envdir(String testenv) {
    return prefix.resolve(testenv);
  }

  /** The logs of a testenv. */
  Path logs(String testenv) {
    return envdir(testenv).resolve("logs");
  }
}
