package dev.warren.selftest.plan;

import java.util.Optional;

/**
 * How the results of a suite are renamed and checked.
 *
 * @param prefix put before each test's id
 * @param suffix put behind it
 * @param failOnEmpty whether a suite in which no test was seen fails
 */
public record FilterOptions(String prefix, String suffix, boolean failOnEmpty) {

  /** Everything as it comes. */
  public static final FilterOptions NONE = new FilterOptions("", "", false);

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
