package dev.warren.lab.graph;

import java.util.List;
import java.util.Optional;

/** Places everything of a lab: tries several shapes, and takes what fits a screen best. */
final class LabLayout {
  /** Width for height, of most screens. */
  private static final double SCREEN = 1.6;

  private static final List<Double> SHAPES = List.of(0.4, 0.6, 0.9, 1.3, 1.8, 2.4, 3.2, 5.0);
  private static final double GAP = 48;

  /** Title and margins, above and below. */
  private static final double AROUND = 176;

  private LabLayout() {}

  static Picture of(Topology topology) {
    Blocks graph = Blocks.of(topology);
    List<List<Integer>> parts = Layers.parts(graph);
    Optional<Picture> best = Optional.empty();
    for (double shape : SHAPES) {
      for (boolean bothWays : new boolean[] {false, true}) {
        Picture picture =
            together(parts.stream().map(p -> PartLayout.of(graph, p, shape, bothWays)).toList());
        if (best.isEmpty() || size(picture) < size(best.get()) - 1) {
          best = Optional.of(picture);
        }
      }
    }
    return best.orElseGet(Picture::new);
  }

  /** How large a screen must be to show it. */
  private static double size(Picture picture) {
    return Math.max(picture.right() / SCREEN, picture.bottom() + AROUND);
  }

  /** Parts side by side, like words in lines, in the width that makes the whole fit best. */
  private static Picture together(List<Picture> parts) {
    Optional<Picture> best = Optional.empty();
    for (int first = 1; first <= parts.size(); first++) {
      double width = parts.stream().limit(first).mapToDouble(p -> p.right() + GAP).sum();
      Picture picture = lines(parts, width);
      if (best.isEmpty() || size(picture) < size(best.get())) {
        best = Optional.of(picture);
      }
    }
    return best.orElseGet(Picture::new);
  }

  private static Picture lines(List<Picture> parts, double width) {
    Picture picture = new Picture();
    double x = 0;
    double y = 0;
    double high = 0;
    for (Picture part : parts) {
      if (x > 0 && x + part.right() > width) {
        x = 0;
        y += high + GAP;
        high = 0;
      }
      picture.add(part, x, y);
      x += part.right() + GAP;
      high = Math.max(high, part.bottom());
    }
    return picture;
  }
}
