package dev.warren.selftest.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call of Samba's {@code filter-subunit} at the end of a pipe, whose work Warren does itself.
 *
 * @param prefix put before each test's id
 * @param suffix put behind it
 * @param failOnEmpty whether a suite in which no test was seen fails
 * @param list whether the input is a list of ids, not a stream
 */
public record FilterCall(ShellWord prefix, ShellWord suffix, boolean failOnEmpty, boolean list) {
  private static final String SCRIPT = "filter-subunit";

  /** The options with the values of a suite's variables. */
  public FilterOptions expand(Map<String, String> environment) {
    return new FilterOptions(prefix.expand(environment), suffix.expand(environment), failOnEmpty);
  }

  /**
   * The call in a command such as {@code python3 .../filter-subunit --fail-on-empty --prefix=a.}.
   *
   * @return empty for any other command, and when an option is given whose work Warren does not do
   */
  static Optional<FilterCall> of(String command) {
    return ShellWord.split(command).flatMap(FilterCall::of);
  }

  private static Optional<FilterCall> of(List<ShellWord> words) {
    int script = 0;
    while (script < Math.min(2, words.size()) && !isScript(words.get(script))) {
      script++;
    }
    if (script == Math.min(2, words.size())
        || (script == 1 && !words.getFirst().literalEnd().matches("(.*/)?python3?"))) {
      return Optional.empty();
    }
    FilterCall call = new FilterCall(ShellWord.EMPTY, ShellWord.EMPTY, false, false);
    for (ShellWord option : words.subList(script + 1, words.size())) {
      Optional<FilterCall> next = call.with(option);
      if (next.isEmpty()) {
        return next;
      }
      call = next.get();
    }
    return Optional.of(call);
  }

  private static boolean isScript(ShellWord word) {
    String end = word.literalEnd();
    return end.equals(SCRIPT) || end.endsWith("/" + SCRIPT);
  }

  private Optional<FilterCall> with(ShellWord option) {
    String start = option.literalStart();
    if (start.startsWith("--prefix=")) {
      ShellWord value = option.without("--prefix=".length());
      return Optional.of(new FilterCall(value, suffix, failOnEmpty, list));
    }
    if (start.startsWith("--suffix=")) {
      ShellWord value = option.without("--suffix=".length());
      return Optional.of(new FilterCall(prefix, value, failOnEmpty, list));
    }
    if (option.parts().size() != 1) {
      return Optional.empty();
    }
    return switch (start) {
      case "--fail-on-empty" -> Optional.of(new FilterCall(prefix, suffix, true, list));
      case "--list" -> Optional.of(new FilterCall(prefix, suffix, failOnEmpty, true));
      default -> Optional.empty();
    };
  }
}
