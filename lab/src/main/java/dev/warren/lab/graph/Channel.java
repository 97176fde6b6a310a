package dev.warren.lab.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The room between two rows: each line that has to go sideways gets a track there, so that no two
 * lie on each other.
 */
final class Channel {
  /** Vertical pieces nearer than this look like one. */
  private static final double CLOSE = 8;

  private static final double STRAIGHT = 0.5;

  private Channel() {}

  /**
   * A line from the row above to the row below.
   *
   * @param from where it leaves, from the left
   * @param to where it arrives
   */
  record Run(double from, double to) {
    boolean isStraight() {
      return Math.abs(from - to) < STRAIGHT;
    }

    private boolean overlaps(Run other) {
      return Math.min(from, to) - CLOSE < Math.max(other.from, other.to)
          && Math.min(other.from, other.to) - CLOSE < Math.max(from, to);
    }

    /** Whether this one's track must lie above the other's. */
    private boolean above(Run other) {
      if (Math.abs(from - other.to) < CLOSE) {
        return true;
      }
      boolean right = to > from;
      return right == other.to > other.from
          && overlaps(other)
          && (right ? from > other.from : from < other.from);
    }
  }

  /** The track of each line, counted from the top; -1 for straight ones. */
  static int[] tracks(List<Run> runs) {
    int[] track = new int[runs.size()];
    Arrays.fill(track, -1);
    List<Integer> rest = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      if (!runs.get(i).isStraight()) {
        rest.add(i);
      }
    }
    List<Integer> placed = new ArrayList<>();
    while (!rest.isEmpty()) {
      int next = next(runs, rest);
      rest.remove(/* element */ (Integer) next);
      int lowest = 0;
      for (int other : placed) {
        if (runs.get(other).overlaps(runs.get(next)) && runs.get(other).above(runs.get(next))) {
          lowest = Math.max(lowest, track[other] + 1);
        }
      }
      track[next] = free(runs, track, placed, next, lowest);
      placed.add(next);
    }
    return track;
  }

  /** One that nothing else must lie above of; any where they go round in a circle. */
  private static int next(List<Run> runs, List<Integer> rest) {
    for (int candidate : rest) {
      if (rest.stream().noneMatch(o -> o != candidate && runs.get(o).above(runs.get(candidate)))) {
        return candidate;
      }
    }
    return rest.getFirst();
  }

  private static int free(List<Run> runs, int[] track, List<Integer> placed, int run, int lowest) {
    int candidate = lowest;
    while (isTaken(runs, track, placed, run, candidate)) {
      candidate++;
    }
    return candidate;
  }

  private static boolean isTaken(
      List<Run> runs, int[] track, List<Integer> placed, int run, int candidate) {
    return placed.stream()
        .anyMatch(o -> track[o] == candidate && runs.get(o).overlaps(runs.get(run)));
  }
}
