package dev.warren.selftest.report;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why the suites of a testenv are skipped: the software lacks a part that it requires.
 *
 * @param testenv the one that requires it, which may be one that the suites' own needs
 * @param part what is missing
 */
public record MissingPart(String testenv, String part) {
  private static final Pattern TEXT =
      Pattern.compile("the testenv (\\S+) needs (.+), which is not here", Pattern.DOTALL);

  /** The reason in words. */
  public String text() {
    return "the testenv %s needs %s, which is not here".formatted(testenv, part);
  }

  /** Makes it of its words again; empty where a reason is another. */
  public static Optional<MissingPart> of(String reason) {
    Matcher words = TEXT.matcher(reason);
    return words.matches()
        ? Optional.of(new MissingPart(words.group(1), words.group(2)))
        : Optional.empty();
  }
}
