package dev.warren.selftest.run;

import dev.warren.selftest.verdict.Exit;
import java.nio.file.Path;

/**
 * A program that a testenv keeps running.
 *
 * @param name as its definition has it
 * @param process it, or the shell that started it
 * @param log where its output goes, as hosts see files
 */
record RunningService(String name, Process process, Path log) {

  boolean isAlive() {
    return process.isAlive();
  }

  /** How it ended, for people. */
  String death() {
    return "the service \"%s\" %s".formatted(name, Exits.words(Exit.ofCode(process.exitValue())));
  }
}
