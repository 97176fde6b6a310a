package dev.warren.selftest.subunit;

import java.util.Optional;

/** The result of a test or of a suite, as the stream says it or as the verdict makes it. */
public enum Outcome {
  SUCCESS("success", false),
  /** The test says no. */
  FAILURE("failure", true),
  /** The test could not be carried out. */
  ERROR("error", true),
  SKIP("skip", false),
  /** A failure that was expected. */
  XFAIL("xfail", false),
  /** A success where a failure was expected. */
  UXSUCCESS("uxsuccess", true);

  private final String word;
  private final boolean bad;

  Outcome(String word, boolean bad) {
    this.word = word;
    this.bad = bad;
  }

  /** The word that the stream has for it, and that {@link SubunitWriter} writes. */
  public String word() {
    return word;
  }

  /** Whether a run with such a result fails. */
  public boolean isBad() {
    return bad;
  }

  /** The outcome that a word of the stream means, synonyms included; empty for any other word. */
  public static Optional<Outcome> ofTestWord(String word) {
    return Optional.ofNullable(
        switch (word) {
          case "success", "successful" -> SUCCESS;
          case "failure", "fail" -> FAILURE;
          case "error" -> ERROR;
          case "skip" -> SKIP;
          case "xfail", "knownfail" -> XFAIL;
          case "uxsuccess" -> UXSUCCESS;
          default -> null;
        });
  }

  /** The outcome in a word like {@code testsuite-failure}; empty for any other word. */
  public static Optional<Outcome> ofSuiteWord(String word) {
    return Optional.ofNullable(
        switch (word) {
          case "testsuite-success" -> SUCCESS;
          case "testsuite-failure" -> FAILURE;
          case "testsuite-error" -> ERROR;
          case "testsuite-xfail" -> XFAIL;
          case "testsuite-uxsuccess" -> UXSUCCESS;
          default -> null;
        });
  }
}
