package dev.warren.selftest.run;

import java.nio.file.Path;

/** Where things stand in every host of a lab with testenvs. */
final class LabPaths {
  /** The state of all testenvs, a folder each, seen by all hosts. */
  static final Path PREFIX = Path.of("/run/warren/st");

  /** The catalogue's folder, only to be read. */
  static final Path CATALOGUE = Path.of("/run/warren/catalogue");

  /** The backup of which a testenv is made, only to be read. */
  static final Path BACKUP = Path.of("/run/warren/backup.tar.bz2");

  /** The folders in which suites run. */
  static final Path SUITES = PREFIX.resolve("tmp");

  private LabPaths() {}

  /** The state of a testenv. */
  static Path envdir(String testenv) {
    return PREFIX.resolve(testenv);
  }

  /** The logs of a testenv. */
  static Path logs(String testenv) {
    return envdir(testenv).resolve("logs");
  }
}
