package dev.warren.lab.description;

/** Ports of TCP or UDP, both ends included. */
public record PortRange(int first, int last) {
  private static final int MOST = 65535;

  /** Checks the numbers. */
  public PortRange {
    Checks.check(
        first >= 1 && last <= MOST && first <= last,
        "%d-%d is no range of ports: 1 to %d, the smaller first",
        first,
        last,
        MOST);
  }

  /**
   * Reads {@code 80} or {@code 8000-8010}.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static PortRange parse(String text) {
    Checks.check(
        text.matches("[0-9]{1,5}(-[0-9]{1,5})?"),
        "\"%s\" is no port: write 80, or 8000-8010",
        text);
    String[] ends = text.split("-", 2);
    int first = Integer.parseInt(ends[0]);
    return new PortRange(first, ends.length == 1 ? first : Integer.parseInt(ends[1]));
  }

  /** {@code 80} or {@code 8000-8010}. */
  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
