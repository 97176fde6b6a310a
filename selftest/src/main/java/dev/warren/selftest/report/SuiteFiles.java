package dev.warren.selftest.report;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a suite left in the result folder, as paths from there.
 *
 * @param log what its command wrote; empty where it never ran
 * @param capture what went over the lab's network meanwhile; empty where none was kept
 * @param traces what it and its servers were doing when its time was over; empty where it ended
 */
public record SuiteFiles(Optional<Path> log, Optional<Path> capture, Optional<Path> traces) {
  /** Nothing at all. */
  public static final SuiteFiles NONE =
      new SuiteFiles(Optional.empty(), Optional.empty(), Optional.empty());
}
