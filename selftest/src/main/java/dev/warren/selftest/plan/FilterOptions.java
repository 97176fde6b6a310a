package dev.warren.selftest.plan;

import java.util.List;
import java.util.Optional;

/**
 * How the results of a suite are renamed, judged and checked by what its command pipes into.
 *
 * @param prefix put before each test's id
 * @param suffix put behind it
 * @param expectedFailures files and folders that list tests which are known to fail, from the place
 *     on in which the command runs
 * @param flapping those that list tests which may fail
 * @param failOnEmpty whether a suite in which no test was seen fails
 * @param stripPassedOutput whether what tests print counts for nothing when they pass
 * @param failImmediately whether the first failure ends the suite
 */
public record FilterOptions(
    String prefix,
    String suffix,
    List<String> expectedFailures,
    List<String> flapping,
    boolean failOnEmpty,
    boolean stripPassedOutput,
    boolean failImmediately) {

  /** Everything as it comes. */
  public static final FilterOptions NONE = new FilterOptions("", "", false);

  /** Copies the lists. */
  public FilterOptions {
    expectedFailures = List.copyOf(expectedFailures);
    flapping = List.copyOf(flapping);
  }

  /** Names, and perhaps a wish for tests. */
  public FilterOptions(String prefix, String suffix, boolean failOnEmpty) {
    this(prefix, suffix, List.of(), List.of(), failOnEmpty, false, false);
  }

  /** The same, ending at the first failure or not. */
  public FilterOptions withFailImmediately(boolean first) {
    return new FilterOptions(
        prefix, suffix, expectedFailures, flapping, failOnEmpty, stripPassedOutput, first);
  }

  /** The same, with what passed tests printed or without. */
  public FilterOptions withStripPassedOutput(boolean strip) {
    return new FilterOptions(
        prefix, suffix, expectedFailures, flapping, failOnEmpty, strip, failImmediately);
  }

  /** The name under which a test counts. */
  public String rename(String id) {
    return prefix + id + suffix;
  }

  /** The id that {@link #rename} makes this name of; empty when it makes it of none. */
  public Optional<String> original(String name) {
    boolean fits =
        name.length() >= prefix.length() + suffix.length()
            && name.startsWith(prefix)
            && name.endsWith(suffix);
    return fits
        ? Optional.of(name.substring(prefix.length(), name.length() - suffix.length()))
        : Optional.empty();
  }
}
