package dev.warren.lab.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The blocks of one connected part in rows. What holds the part together stands in the middle, and
 * each step away from it is a row further. Lines join hosts and networks only, so every line leads
 * to the next row.
 *
 * @param rows blocks, from top to bottom and left to right
 * @param middle the row of the middle
 */
record Layers(List<List<Integer>> rows, int middle) {

  /** The connected parts, each as a list of blocks. */
  static List<List<Integer>> parts(Blocks graph) {
    int[] part = new int[graph.blocks().size()];
    Arrays.fill(part, -1);
    List<List<Integer>> parts = new ArrayList<>();
    for (int start = 0; start < part.length; start++) {
      if (part[start] < 0) {
        List<Integer> reached = reach(graph, start, -1, new int[part.length]);
        for (int block : reached) {
          part[block] = parts.size();
        }
        parts.add(reached);
      }
    }
    return parts;
  }

  /** Rows with everything below the middle, or with half of it above. */
  static Layers of(Blocks graph, List<Integer> part, boolean bothWays) {
    int middle = middle(graph, part);
    int[] fromMiddle = distances(graph, middle);
    Map<Integer, List<Integer>> rows = new TreeMap<>();
    rows.computeIfAbsent(0, _ -> new ArrayList<>()).add(middle);
    double total = part.stream().mapToDouble(block -> weight(graph, block)).sum();
    double above = 0;
    boolean[] seen = new boolean[fromMiddle.length];
    seen[middle] = true;
    for (Blocks.Joint joint : graph.of(middle)) {
      int next = joint.other(middle);
      if (!seen[next]) {
        // All that hangs together without the middle goes to the same side: no line passes it.
        List<Integer> branch = reach(graph, next, middle, new int[seen.length]);
        branch.forEach(block -> seen[block] = true);
        double weight = branch.stream().mapToDouble(block -> weight(graph, block)).sum();
        boolean up = bothWays && above + weight / 2 < total / 2;
        above += up ? weight : 0;
        for (int block : branch) {
          int row = up ? -fromMiddle[block] : fromMiddle[block];
          rows.computeIfAbsent(row, _ -> new ArrayList<>()).add(block);
        }
      }
    }
    List<List<Integer>> ordered = new ArrayList<>(rows.values());
    return new Layers(ordered, List.copyOf(rows.keySet()).indexOf(0));
  }

  private static double weight(Blocks graph, int block) {
    return 1 + graph.blocks().get(block).hosts().size();
  }

  private static int middle(Blocks graph, List<Integer> part) {
    return part.stream()
        .min(
            Comparator.comparingInt(
                    (Integer block) -> Arrays.stream(distances(graph, block)).max().orElse(0))
                .thenComparingInt(block -> -graph.of(block).size())
                .thenComparingInt(block -> graph.blocks().get(block).isHost() ? 0 : 1)
                .thenComparingInt(block -> block))
        .orElseThrow();
  }

  private static int[] distances(Blocks graph, int start) {
    int[] distance = new int[graph.blocks().size()];
    reach(graph, start, -1, distance);
    return distance;
  }

  /** What is reached from a block without passing another, nearest first; fills in how far. */
  private static List<Integer> reach(Blocks graph, int start, int without, int[] distance) {
    List<Integer> reached = new ArrayList<>(List.of(start));
    boolean[] seen = new boolean[graph.blocks().size()];
    seen[start] = true;
    if (without >= 0) {
      seen[without] = true;
    }
    distance[start] = 0;
    ArrayDeque<Integer> queue = new ArrayDeque<>(reached);
    while (!queue.isEmpty()) {
      int block = queue.remove();
      for (Blocks.Joint joint : graph.of(block)) {
        int next = joint.other(block);
        if (!seen[next]) {
          seen[next] = true;
          distance[next] = distance[block] + 1;
          reached.add(next);
          queue.add(next);
        }
      }
    }
    return reached;
  }
}
