package dev.warren.lab.description;

/**
 * Numbers of users and of groups, both ends included.
 *
 * @param first from 0
 * @param last the kernel's last number means "none" and is not one
 */
public record IdRange(long first, long last) {
  private static final long MOST = 0xffffffffL - 1;

  /** Checks the numbers. */
  public IdRange {
    Checks.check(
        first >= 0 && last <= MOST && first <= last,
        "%d-%d is no range of ids: 0 to %d, the smaller first",
        first,
        last,
        MOST);
  }

  /**
   * Reads {@code 100000-165535}.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static IdRange parse(String text) {
    Checks.check(
        text.matches("[0-9]{1,10}-[0-9]{1,10}"),
        "\"%s\" is no range of ids: write it like 100000-165535",
        text);
    String[] ends = text.split("-", 2);
    return new IdRange(Long.parseLong(ends[0]), Long.parseLong(ends[1]));
  }

  /** How many they are. */
  public long count() {
    return last - first + 1;
  }

  /** {@code 100000-165535}. */
  @Override
  public String toString() {
    return first + "-" + last;
  }
}
