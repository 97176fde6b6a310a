package dev.warren.selftest.run;

import dev.warren.selftest.report.MissingPart;
import java.util.List;

/** The software lacks a part that a testenv requires: its suites are skipped, and none fails. */
public final class PartMissingException extends TestenvFailedException {
  private static final long serialVersionUID = 1L;

  /**
   * About one part.
   *
   * @param part what is missing, as the definition calls it
   */
  PartMissingException(String testenv, String part) {
    super(testenv, new MissingPart(testenv, part).text(), List.of());
  }
}
