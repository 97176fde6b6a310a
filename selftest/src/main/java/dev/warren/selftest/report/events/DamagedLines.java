package dev.warren.selftest.report.events;

import java.util.ArrayList;
import java.util.List;

/** Lines of a file that could not be read: how many, and the first of them with the reason. */
public final class DamagedLines {
  private static final int SHOWN = 20;
  private static final int LONGEST_REASON = 200;

  private final List<Line> first = new ArrayList<>();
  private long count;

  /**
   * A line.
   *
   * @param number from 1
   * @param reason why it cannot be read
   */
  public record Line(long number, String reason) {}

  DamagedLines() {}

  void add(long number, String reason) {
    count++;
    if (first.size() < SHOWN) {
      String line = reason.lines().findFirst().orElse("");
      first.add(new Line(number, line.substring(0, Math.min(line.length(), LONGEST_REASON))));
    }
  }

  /** How many there are. */
  public long count() {
    return count;
  }

  /** The first twenty. */
  public List<Line> first() {
    return List.copyOf(first);
  }
}
