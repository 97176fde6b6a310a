package dev.warren.lab.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Orders the blocks of each row so that few lines cross: each block goes to the mean place of those
 * that it is joined to, row after row, down and up again (Sugiyama's barycentres). The best order
 * seen wins.
 */
final class Ordering {
  private static final int SWEEPS = 12;

  private final Blocks graph;

  private Ordering(Blocks graph) {
    this.graph = graph;
  }

  static List<List<Integer>> of(Blocks graph, List<List<Integer>> rows) {
    return new Ordering(graph).best(rows);
  }

  private List<List<Integer>> best(List<List<Integer>> start) {
    List<List<Integer>> rows = new ArrayList<>(start);
    List<List<Integer>> best = List.copyOf(rows);
    long fewest = crossings(best);
    for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
      for (int i = 1; i < rows.size(); i++) {
        int row = sweep % 2 == 0 ? i : rows.size() - 1 - i;
        rows.set(row, ordered(rows.get(row), rows.get(row + (sweep % 2 == 0 ? -1 : 1))));
      }
      long crossings = crossings(rows);
      if (crossings < fewest) {
        fewest = crossings;
        best = List.copyOf(rows);
      }
    }
    return best;
  }

  private List<Integer> ordered(List<Integer> row, List<Integer> fixed) {
    Map<Integer, Integer> place = places(fixed);
    Map<Integer, Double> mean = new HashMap<>();
    for (int i = 0; i < row.size(); i++) {
      int block = row.get(i);
      mean.put(
          block,
          graph.of(block).stream()
              .filter(joint -> place.containsKey(joint.other(block)))
              .mapToDouble(joint -> place.getOrDefault(joint.other(block), 0))
              .average()
              .orElse(i));
    }
    return row.stream()
        .sorted(Comparator.comparingDouble(block -> mean.getOrDefault(block, 0.0)))
        .toList();
  }

  private long crossings(List<List<Integer>> rows) {
    long count = 0;
    for (int row = 1; row < rows.size(); row++) {
      List<int[]> ends = ends(rows.get(row - 1), rows.get(row));
      for (int i = 0; i < ends.size(); i++) {
        for (int j = 0; j < i; j++) {
          long upper = (long) ends.get(i)[0] - ends.get(j)[0];
          long lower = (long) ends.get(i)[1] - ends.get(j)[1];
          count += upper * lower < 0 ? 1 : 0;
        }
      }
    }
    return count;
  }

  private List<int[]> ends(List<Integer> upper, List<Integer> lower) {
    Map<Integer, Integer> place = places(lower);
    List<int[]> ends = new ArrayList<>();
    for (int i = 0; i < upper.size(); i++) {
      int block = upper.get(i);
      for (Blocks.Joint joint : graph.of(block)) {
        Integer other = place.get(joint.other(block));
        if (other != null) {
          ends.add(new int[] {i, other});
        }
      }
    }
    return ends;
  }

  private static Map<Integer, Integer> places(List<Integer> row) {
    Map<Integer, Integer> places = new HashMap<>();
    for (int i = 0; i < row.size(); i++) {
      places.put(row.get(i), i);
    }
    return places;
  }
}
