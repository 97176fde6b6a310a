package dev.warren.selftest.plan;

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
}
