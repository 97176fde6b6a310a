package dev.warren.lab.graph;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Places the blocks of one connected part from left to right, and the ends of their lines. */
final class PartLayout {
  private static final double GAP = 40;

  /** From a line to what is written beside it. */
  static final double LABEL_GAP = 6;

  private static final double PORT_GAP = 16;
  private static final double NETWORK_PORTS = 24;
  private static final double PORT_MARGIN = 26;
  private static final int SWEEPS = 14;

  private final Blocks graph;
  private final double shape;
  private final Rows rows;
  private final Map<Integer, Sprite> sprites = new HashMap<>();
  private final Map<Integer, Double> lefts = new HashMap<>();
  private final Map<Port, Double> ports = new HashMap<>();

  /** Where a line ends at a block. */
  private record Port(int block, Blocks.Joint joint) {}

  private PartLayout(Blocks graph, Rows rows, double shape) {
    this.graph = graph;
    this.rows = rows;
    this.shape = shape;
    rows.all().forEach(row -> row.forEach(block -> sprites.put(block, sprite(block))));
    placeAcross();
    placePorts();
  }

  /**
   * Draws a part.
   *
   * @param shape how wide a network's grid of hosts should be for its height
   * @param bothWays whether things stand above the middle too
   */
  static Picture of(Blocks graph, List<Integer> part, double shape, boolean bothWays) {
    Rows rows = new Rows(graph, part, bothWays);
    return PartDrawing.of(graph, rows, new PartLayout(graph, rows, shape));
  }

  /** Where a block begins. */
  double left(int block) {
    return at(lefts, block);
  }

  /** Where a line ends at a block. */
  double port(int block, Blocks.Joint line) {
    return at(ports, new Port(block, line));
  }

  /** A block as it is drawn. */
  Sprite size(int block) {
    return at(sprites, block);
  }

  private Sprite sprite(int block) {
    Blocks.Block what = graph.blocks().get(block);
    int up = rows.lines(block, -1).size();
    int down = rows.lines(block, 1).size();
    double ports = Math.max(up, down) * NETWORK_PORTS + 2 * PORT_MARGIN;
    return switch (what.kind()) {
      case CABLE -> Sprite.cable(what);
      case LONELY -> Sprite.group(what, "on no network", shape, 0);
      case NETWORK -> {
        Sprite sprite = Sprite.network(what, shape, ports, up > 0 && down > 0);
        yield down > 0 && up == 0 ? sprite.flipped() : sprite;
      }
      case GROUP ->
          what.hosts().size() > 1
              ? Sprite.group(what, title(what), shape, hostWidth(block))
              : Sprite.host(what.hosts().getFirst(), hostWidth(block));
    };
  }

  private static String title(Blocks.Block group) {
    List<String> networks =
        group.hosts().getFirst().links().stream().map(Topology.Link::network).toList();
    return group.hosts().size() + " hosts on " + String.join(", ", networks);
  }

  private double hostWidth(int block) {
    return Math.max(hostWidth(block, -1), hostWidth(block, 1));
  }

  private double hostWidth(int block, int side) {
    List<Blocks.Joint> lines = rows.lines(block, side);
    return lines.isEmpty()
        ? 0
        : (lines.size() - 1) * spacing(lines) + 2 * (labelWidth(lines) + LABEL_GAP + 6);
  }

  private static double spacing(List<Blocks.Joint> lines) {
    return labelWidth(lines) + LABEL_GAP + PORT_GAP;
  }

  private static double labelWidth(List<Blocks.Joint> lines) {
    return lines.stream().mapToDouble(line -> Face.LINK.widest(line.label())).max().orElse(0);
  }

  private void placeAcross() {
    for (List<Integer> row : rows.all()) {
      double x = -row.stream().mapToDouble(b -> size(b).width() + GAP).sum() / 2;
      for (int block : row) {
        lefts.put(block, x);
        x += size(block).width() + GAP;
      }
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      (sweep % 2 == 0 ? rows.all() : rows.all().reversed()).forEach(this::place);
    }
    double least = lefts.values().stream().mapToDouble(x -> x).min().orElse(0);
    lefts.replaceAll((_, x) -> Math.rint(x - least));
  }

  private void place(List<Integer> row) {
    double[] wishes = new double[row.size()];
    double[] apart = new double[row.size()];
    for (int i = 0; i < row.size(); i++) {
      int block = row.get(i);
      wishes[i] = wish(block) - size(block).width() / 2;
      if (i > 0) {
        apart[i] = size(row.get(i - 1)).width() + gapAfter(row.get(i - 1), block);
      }
    }
    double[] placed = Spread.of(wishes, apart);
    for (int i = 0; i < placed.length; i++) {
      lefts.put(row.get(i), placed[i]);
    }
  }

  /**
   * The mean of what it is joined to: what has few lines matters more, so that these are straight.
   */
  private double wish(int block) {
    double sum = 0;
    double weights = 0;
    for (Blocks.Joint line : graph.of(block)) {
      if (!rows.isBeside(line)) {
        int other = line.other(block);
        double weight = 1.0 / rows.lines(other, rows.of(block) - rows.of(other)).size();
        sum += weight * centre(other);
        weights += weight;
      }
    }
    return weights == 0 ? centre(block) : sum / weights;
  }

  private double gapAfter(int block, int next) {
    return rows.cableBeside(block)
        .map(
            cable ->
                Sprite.cable(graph.blocks().get(cable)).width()
                    + Face.LINK.widest(rows.lineOf(cable, block).label())
                    + Face.LINK.widest(rows.lineOf(cable, next).label())
                    + 48)
        .orElse(GAP);
  }

  private void placePorts() {
    for (List<Integer> row : rows.all()) {
      row.stream().filter(b -> graph.blocks().get(b).isHost()).forEach(this::hostPorts);
    }
    for (List<Integer> row : rows.all()) {
      row.stream().filter(b -> !graph.blocks().get(b).isHost()).forEach(this::networkPorts);
    }
  }

  private void hostPorts(int block) {
    for (int side : new int[] {-1, 1}) {
      List<Blocks.Joint> lines =
          rows.lines(block, side).stream()
              .sorted(Comparator.comparingDouble(line -> centre(line.other(block))))
              .toList();
      double x = centre(block) - (lines.size() - 1) * spacing(lines) / 2;
      for (Blocks.Joint line : lines) {
        ports.put(new Port(block, line), x);
        x += spacing(lines);
      }
    }
  }

  /** Right above or below the other end, where the network is that wide. */
  private void networkPorts(int block) {
    boolean cable = graph.blocks().get(block).kind() == Picture.Kind.CABLE;
    double apart = cable ? 20 : NETWORK_PORTS;
    for (int side : new int[] {-1, 1}) {
      List<Blocks.Joint> lines =
          rows.lines(block, side).stream()
              .sorted(Comparator.comparingDouble(line -> port(line.host(), line)))
              .toList();
      double[] wishes = lines.stream().mapToDouble(line -> port(line.host(), line)).toArray();
      double[] apartFrom = new double[wishes.length];
      Arrays.fill(apartFrom, apart);
      double[] x = Spread.of(wishes, apartFrom);
      double least = left(block) + PORT_MARGIN;
      double most = left(block) + size(block).width() - PORT_MARGIN;
      for (int i = 0; i < x.length; i++) {
        double at = Math.max(least + i * apart, x[i]);
        at = Math.min(most - (x.length - 1 - i) * apart, at);
        ports.put(new Port(block, lines.get(i)), at);
      }
    }
  }

  private double centre(int block) {
    return left(block) + size(block).width() / 2;
  }

  private static <K, V> V at(Map<K, V> map, K key) {
    V value = map.get(key);
    if (value == null) {
      throw new IllegalStateException("not placed yet: " + key);
    }
    return value;
  }
}
