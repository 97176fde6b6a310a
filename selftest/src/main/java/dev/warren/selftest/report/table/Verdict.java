package dev.warren.selftest.report.table;

/** What is said of a suite or a testenv in short. */
public enum Verdict {
  /** All is well. */
  PASSED("passed"),
  /** It failed, or never came to its end. */
  FAILED("failed"),
  /** It was left out. */
  SKIPPED("skipped");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  /** The word for it. */
  String word() {
    return word;
  }
}
