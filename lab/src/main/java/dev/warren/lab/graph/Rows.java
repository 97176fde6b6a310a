package dev.warren.lab.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which blocks of a connected part stand in which row, in order, and the lines between rows. */
final class Rows {
  private final Blocks graph;
  private final List<List<Integer>> rows;
  private int middle;
  private final Map<Integer, Integer> rowOf = new HashMap<>();

  /** Cables between neighbours in a row, by the left one. */
  private final Map<Integer, Integer> cableBeside = new HashMap<>();

  /**
   * The rows of a part.
   *
   * @param bothWays whether things stand above the middle too
   */
  Rows(Blocks graph, List<Integer> part, boolean bothWays) {
    this.graph = graph;
    Layers layers = Layers.of(graph, part, bothWays);
    this.middle = layers.middle();
    this.rows = new ArrayList<>(Ordering.of(graph, layers.rows()));
    straightenCables();
    for (int row = 0; row < rows.size(); row++) {
      for (int block : rows.get(row)) {
        rowOf.put(block, row);
      }
    }
  }

  /** A cable between neighbours is a line from one to the other, and needs no place of its own. */
  private void straightenCables() {
    for (List<Integer> row : List.copyOf(rows)) {
      for (int i = 1; i < row.size(); i++) {
        int a = row.get(i - 1);
        int b = row.get(i);
        graph.of(a).stream()
            .map(Blocks.Joint::network)
            .filter(c -> graph.blocks().get(c).kind() == Picture.Kind.CABLE)
            .filter(c -> graph.of(c).stream().anyMatch(joint -> joint.host() == b))
            .findFirst()
            .ifPresent(cable -> cableBeside.put(a, cable));
      }
    }
    rows.replaceAll(row -> row.stream().filter(b -> !cableBeside.containsValue(b)).toList());
    while (rows.getLast().isEmpty()) {
      rows.removeLast();
    }
    while (rows.getFirst().isEmpty()) {
      rows.removeFirst();
      middle--;
    }
  }

  /** From top to bottom, each from left to right. */
  List<List<Integer>> all() {
    return rows;
  }

  /** Which row is in the middle: what is above hangs down to it, what is below stands up to it. */
  int middle() {
    return middle;
  }

  /** The row of a block. */
  int of(int block) {
    Integer row = rowOf.get(block);
    if (row == null) {
      throw new IllegalStateException("in no row: " + block);
    }
    return row;
  }

  /** The cable from a block to its neighbour on the right. */
  Optional<Integer> cableBeside(int block) {
    return Optional.ofNullable(cableBeside.get(block));
  }

  /** Whether a line belongs to a cable between neighbours. */
  boolean isBeside(Blocks.Joint line) {
    return cableBeside.containsValue(line.network());
  }

  /** The lines of a block to the row above (-1) or below (1). */
  List<Blocks.Joint> lines(int block, int side) {
    return graph.of(block).stream()
        .filter(line -> !isBeside(line))
        .filter(line -> of(line.other(block)) == of(block) + side)
        .toList();
  }

  /** The line of a cable to one of its ends. */
  Blocks.Joint lineOf(int cable, int host) {
    return graph.of(cable).stream().filter(l -> l.host() == host).findFirst().orElseThrow();
  }
}
