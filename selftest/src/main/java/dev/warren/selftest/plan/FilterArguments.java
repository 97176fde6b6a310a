package dev.warren.selftest.plan;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Reads the arguments of {@code filter-subunit} as Python's {@code optparse} does: values behind
 * {@code =} or in the word that follows, names cut short where only one option begins so, anything
 * that is no option passed over.
 */
final class FilterArguments {
  private static final List<String> OPTIONS =
      List.of(
          "--expected-failures",
          "--flapping",
          "--strip-passed-output",
          "--fail-immediately",
          "--prefix",
          "--suffix",
          "--fail-on-empty",
          "--list",
          // What Warren has no part in, but what makes a shorter name mean two things.
          "--perf-test-output",
          "--help");

  private final Iterator<ShellWord> words;
  private ShellWord prefix = ShellWord.EMPTY;
  private ShellWord suffix = ShellWord.EMPTY;
  private final List<ShellWord> expectedFailures = new ArrayList<>();
  private final List<ShellWord> flapping = new ArrayList<>();
  private boolean failOnEmpty;
  private boolean stripPassedOutput;
  private boolean failImmediately;
  private boolean list;

  FilterArguments(List<ShellWord> words) {
    this.words = words.iterator();
  }

  /** The call; empty where the script would do what Warren does not, or would refuse it. */
  Optional<FilterCall> parse() {
    while (words.hasNext()) {
      ShellWord word = words.next();
      if (word.equals(ShellWord.literal("--"))) {
        break;
      }
      if (!take(word)) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new FilterCall(
            prefix,
            suffix,
            expectedFailures,
            flapping,
            failOnEmpty,
            stripPassedOutput,
            failImmediately,
            list));
  }

  private boolean take(ShellWord word) {
    String start = word.literalStart();
    if (!start.startsWith("-")) {
      // What begins with a variable may be an option; what is nothing at all is none.
      return word.parts().isEmpty() || !start.isEmpty();
    }
    int equals = start.indexOf('=');
    if (equals < 0 && word.parts().size() > 1) {
      return false;
    }
    Optional<String> option = option(equals < 0 ? start : start.substring(0, equals));
    if (option.isEmpty()) {
      return false;
    }
    return equals < 0
        ? takeFlag(option.get()) || (words.hasNext() && takeValue(option.get(), words.next()))
        : takeValue(option.get(), word.without(equals + 1));
  }

  /** The option's whole name. */
  private static Optional<String> option(String name) {
    if (OPTIONS.contains(name)) {
      return Optional.of(name);
    }
    List<String> longer = OPTIONS.stream().filter(option -> option.startsWith(name)).toList();
    return longer.size() == 1 && name.length() > "--".length()
        ? Optional.of(longer.getFirst())
        : Optional.empty();
  }

  private boolean takeFlag(String option) {
    switch (option) {
      case "--fail-on-empty" -> failOnEmpty = true;
      case "--strip-passed-output" -> stripPassedOutput = true;
      case "--fail-immediately" -> failImmediately = true;
      case "--list" -> list = true;
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean takeValue(String option, ShellWord value) {
    switch (option) {
      case "--prefix" -> prefix = value;
      case "--suffix" -> suffix = value;
      case "--expected-failures" -> expectedFailures.add(value);
      case "--flapping" -> flapping.add(value);
      default -> {
        return false;
      }
    }
    return true;
  }
}
