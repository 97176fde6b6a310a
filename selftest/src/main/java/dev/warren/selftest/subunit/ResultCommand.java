package dev.warren.selftest.subunit;

import java.util.Optional;

/** A command of the stream that ends something, and so may carry a reason. */
sealed interface ResultCommand {

  record OfTest(Outcome outcome) implements ResultCommand {}

  record OfSuite(Outcome outcome) implements ResultCommand {}

  record SkippedSuite() implements ResultCommand {}

  /** The command that a word means; empty for any other word. */
  static Optional<ResultCommand> of(String word) {
    if (word.equals("skip-testsuite")) {
      return Optional.of(new SkippedSuite());
    }
    return Outcome.ofTestWord(word)
        .<ResultCommand>map(OfTest::new)
        .or(() -> Outcome.ofSuiteWord(word).map(OfSuite::new));
  }

  /** The word as the stream has it. */
  default String word() {
    return switch (this) {
      case OfTest(Outcome outcome) -> outcome.word();
      case OfSuite(Outcome outcome) -> "testsuite-" + outcome.word();
      case SkippedSuite() -> "skip-testsuite";
    };
  }
}
