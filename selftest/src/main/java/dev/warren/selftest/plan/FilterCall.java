package dev.warren.selftest.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call of Samba's {@code filter-subunit} at the end of a pipe, whose work Warren does itself.
 *
 * @param prefix put before each test's id
 * @param suffix put behind it
 * @param expectedFailures files and folders that list tests which are known to fail
 * @param flapping those that list tests which may fail
 * @param failOnEmpty whether a suite in which no test was seen fails
 * @param stripPassedOutput whether what tests print counts for nothing when they pass
 * @param failImmediately whether the first failure ends the suite
 * @param list whether the input is a list of ids, not a stream
 */
public record FilterCall(
    ShellWord prefix,
    ShellWord suffix,
    List<ShellWord> expectedFailures,
    List<ShellWord> flapping,
    boolean failOnEmpty,
    boolean stripPassedOutput,
    boolean failImmediately,
    boolean list) {
  private static final String SCRIPT = "filter-subunit";

  /** Copies the lists. */
  public FilterCall {
    expectedFailures = List.copyOf(expectedFailures);
    flapping = List.copyOf(flapping);
  }

  /** A call that renames tests, and perhaps wants some. */
  static FilterCall naming(ShellWord prefix, ShellWord suffix, boolean failOnEmpty) {
    return new FilterCall(prefix, suffix, List.of(), List.of(), failOnEmpty, false, false, false);
  }

  /** The options with the values of a suite's variables. */
  public FilterOptions expand(Map<String, String> environment) {
    return new FilterOptions(
        prefix.expand(environment),
        suffix.expand(environment),
        expand(expectedFailures, environment),
        expand(flapping, environment),
        failOnEmpty,
        stripPassedOutput,
        failImmediately);
  }

  private static List<String> expand(List<ShellWord> words, Map<String, String> environment) {
    return words.stream().map(word -> word.expand(environment)).toList();
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
    List<ShellWord> rest = new ArrayList<>(words);
    if (!rest.isEmpty() && rest.getFirst().literalEnd().matches("(.*/)?python3?")) {
      rest.removeFirst();
      // Samba's own build calls it so: without a buffer for its output.
      if (!rest.isEmpty() && rest.getFirst().equals(ShellWord.literal("-u"))) {
        rest.removeFirst();
      }
    }
    if (rest.isEmpty() || !isScript(rest.getFirst())) {
      return Optional.empty();
    }
    return new FilterArguments(rest.subList(1, rest.size())).parse();
  }

  private static boolean isScript(ShellWord word) {
    String end = word.literalEnd();
    return end.equals(SCRIPT) || end.endsWith("/" + SCRIPT);
  }
}
