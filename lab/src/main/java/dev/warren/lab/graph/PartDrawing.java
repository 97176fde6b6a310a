package dev.warren.lab.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Draws a part from top to bottom, when everything has its place from left to right. */
final class PartDrawing {
  private static final double TRACK = 12;
  private static final double LEAST_ROOM = 22;
  private static final double LINE = Face.LINK.lineHeight();

  private final Blocks graph;
  private final Rows rows;
  private final PartLayout layout;
  private final Map<Integer, Double> tops = new HashMap<>();
  private final Picture picture = new Picture();

  /** What can be drawn when the row below has its place. */
  private final List<Runnable> later = new ArrayList<>();

  private PartDrawing(Blocks graph, Rows rows, PartLayout layout) {
    this.graph = graph;
    this.rows = rows;
    this.layout = layout;
  }

  static Picture of(Blocks graph, Rows rows, PartLayout layout) {
    PartDrawing drawing = new PartDrawing(graph, rows, layout);
    drawing.draw();
    return drawing.picture;
  }

  private void draw() {
    List<List<Integer>> all = rows.all();
    double y = 0;
    for (int row = 0; row < all.size(); row++) {
      double high = all.get(row).stream().mapToDouble(b -> layout.size(b).height()).max().orElse(0);
      for (int block : all.get(row)) {
        double room = high - layout.size(block).height();
        double drop = row < rows.middle() ? room : row == rows.middle() ? room / 2 : 0;
        tops.put(block, y + Math.rint(drop));
        picture.add(layout.size(block).picture(), layout.left(block), top(block));
      }
      y += high;
      if (row + 1 < all.size()) {
        y += gap(all.get(row), all.get(row + 1), y);
      }
    }
    later.forEach(Runnable::run);
    for (List<Integer> row : all) {
      for (int block : row) {
        rows.cableBeside(block).ifPresent(cable -> drawCable(block, cable));
      }
    }
  }

  /** Draws the lines between two rows, and gives how much room they need. */
  private double gap(List<Integer> upper, List<Integer> lower, double from) {
    List<Blocks.Joint> lines =
        upper.stream().flatMap(block -> rows.lines(block, 1).stream()).distinct().toList();
    List<Channel.Run> runs = lines.stream().map(line -> run(line, upper)).toList();
    int[] tracks = Channel.tracks(runs);
    int count = Arrays.stream(tracks).max().orElse(-1) + 1;
    double above = labelRoom(upper, 1);
    double below = labelRoom(lower, -1);
    for (int i = 0; i < lines.size(); i++) {
      double track = from + above + tracks[i] * TRACK + TRACK / 2;
      Blocks.Joint line = lines.get(i);
      later.add(() -> drawLine(line, upper.contains(line.host()), track));
    }
    return above + Math.max(count * TRACK, LEAST_ROOM) + below;
  }

  private Channel.Run run(Blocks.Joint line, List<Integer> upper) {
    double host = layout.port(line.host(), line);
    double network = layout.port(line.network(), line);
    return upper.contains(line.host())
        ? new Channel.Run(host, network)
        : new Channel.Run(network, host);
  }

  private double labelRoom(List<Integer> row, int side) {
    return row.stream()
        .filter(block -> graph.blocks().get(block).isHost())
        .flatMap(block -> rows.lines(block, side).stream())
        .mapToDouble(line -> line.label().size() * LINE + 10)
        .max()
        .orElse(PartLayout.LABEL_GAP);
  }

  private void drawLine(Blocks.Joint line, boolean hostAbove, double track) {
    Blocks.Block network = graph.blocks().get(line.network());
    double hostX = layout.port(line.host(), line);
    double netX = layout.port(line.network(), line);
    double hostY = top(line.host()) + (hostAbove ? layout.size(line.host()).height() : 0);
    double netY = top(line.network()) + (hostAbove ? 0 : layout.size(line.network()).height());
    List<Point> points = new ArrayList<>(List.of(new Point(hostX, hostY)));
    if (Math.abs(hostX - netX) >= 0.5) {
      points.add(new Point(hostX, track));
      points.add(new Point(netX, track));
    }
    points.add(new Point(netX, netY));
    boolean cable = network.kind() == Picture.Kind.CABLE;
    picture.wires().add(new Picture.Wire(network.colour(), cable, points));
    Sprite panel = layout.size(line.network());
    if (panel.trunk() >= 0 && !hostAbove) {
      // Along the panel's edge to the trunk that leads to the bar.
      double trunk = layout.left(line.network()) + panel.trunk();
      picture
          .wires()
          .add(
              new Picture.Wire(
                  network.colour(), false, List.of(new Point(netX, netY), new Point(trunk, netY))));
    }
    double high = line.label().size() * LINE;
    double y = hostAbove ? hostY + 5 : hostY - 5 - high;
    picture
        .labels()
        .add(
            new Picture.Label(
                line.label(),
                new Box(hostX + PartLayout.LABEL_GAP, y, Face.LINK.widest(line.label()), high)));
  }

  private void drawCable(int host, int cable) {
    List<Integer> row = rows.all().get(rows.of(host));
    int next = row.get(row.indexOf(host) + 1);
    double y =
        (Math.max(top(host), top(next))
                + Math.min(
                    top(host) + layout.size(host).height(), top(next) + layout.size(next).height()))
            / 2;
    double from = layout.left(host) + layout.size(host).width();
    double to = layout.left(next);
    Blocks.Block block = graph.blocks().get(cable);
    List<String> first = rows.lineOf(cable, host).label();
    List<String> second = rows.lineOf(cable, next).label();
    picture
        .wires()
        .add(new Picture.Wire(block.colour(), true, List.of(new Point(from, y), new Point(to, y))));
    besideLabel(first, from + 8, y);
    besideLabel(second, to - 8 - Face.LINK.widest(second), y);
    Sprite name = Sprite.cable(block);
    double start = from + 8 + Face.LINK.widest(first);
    double room = to - 8 - Face.LINK.widest(second) - start - name.width();
    picture.add(name.picture(), start + room / 2, y - name.height() / 2);
  }

  /** The name above the line, the conditions below it. */
  private void besideLabel(List<String> lines, double x, double y) {
    List<String> name = lines.subList(0, 1);
    picture
        .labels()
        .add(new Picture.Label(name, new Box(x, y - 3 - LINE, Face.LINK.widest(name), LINE)));
    List<String> rest = lines.subList(1, lines.size());
    if (!rest.isEmpty()) {
      picture
          .labels()
          .add(
              new Picture.Label(
                  rest, new Box(x, y + 4, Face.LINK.widest(rest), rest.size() * LINE)));
    }
  }

  private double top(int block) {
    Double top = tops.get(block);
    if (top == null) {
      throw new IllegalStateException("not placed yet: " + block);
    }
    return top;
  }
}
