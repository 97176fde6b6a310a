package dev.warren.lab.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Places the blocks of one connected part, and the lines between them. For one use. */
final class PartLayout {
  private static final double GAP = 40;
  private static final double TRACK = 12;
  private static final double LEAST_ROOM = 22;
  private static final double LABEL_GAP = 6;
  private static final double PORT_GAP = 16;
  private static final double NETWORK_PORTS = 24;
  private static final double PORT_MARGIN = 26;
  private static final int SWEEPS = 14;
  private static final double LINE = Face.LINK.lineHeight();

  private final Blocks graph;
  private final double shape;
  private final List<List<Integer>> rows;
  private int middle;
  private final Map<Integer, Integer> rowOf = new HashMap<>();

  /** Cables between neighbours in a row, by the left one. */
  private final Map<Integer, Integer> cableBeside = new HashMap<>();

  private final Map<Integer, Sprite> sprites = new HashMap<>();
  private final Map<Integer, Double> left = new HashMap<>();
  private final Map<Integer, Double> top = new HashMap<>();
  private final Map<Port, Double> ports = new HashMap<>();
  private final Picture picture = new Picture();

  /** What can be drawn when the row below has its place. */
  private final List<Runnable> later = new ArrayList<>();

  /** Where a line ends at a block. */
  private record Port(int block, Blocks.Joint joint) {}

  private PartLayout(Blocks graph, List<Integer> part, double shape, boolean bothWays) {
    this.graph = graph;
    this.shape = shape;
    Layers layers = Layers.of(graph, part, bothWays);
    this.middle = layers.middle();
    this.rows = new ArrayList<>(Ordering.of(graph, layers.rows()));
  }

  /**
   * Draws a part.
   *
   * @param shape how wide a network's grid of hosts should be for its height
   * @param bothWays whether things stand above the middle too
   */
  static Picture of(Blocks graph, List<Integer> part, double shape, boolean bothWays) {
    PartLayout layout = new PartLayout(graph, part, shape, bothWays);
    layout.straightenCables();
    for (int row = 0; row < layout.rows.size(); row++) {
      for (int block : layout.rows.get(row)) {
        layout.rowOf.put(block, row);
      }
    }
    layout.rowOf.keySet().forEach(block -> layout.sprites.put(block, layout.sprite(block)));
    layout.placeAcross();
    layout.placePorts();
    layout.draw();
    return layout.picture;
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

  private Sprite sprite(int block) {
    Blocks.Block what = graph.blocks().get(block);
    int up = lines(block, -1).size();
    int down = lines(block, 1).size();
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
    List<Blocks.Joint> lines = lines(block, side);
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

  /** The lines of a block to the row above (-1) or below (1). */
  private List<Blocks.Joint> lines(int block, int side) {
    return graph.of(block).stream()
        .filter(line -> !cableBeside.containsValue(line.network()))
        .filter(line -> at(rowOf, line.other(block)) == at(rowOf, block) + side)
        .toList();
  }

  private void placeAcross() {
    for (List<Integer> row : rows) {
      double x = -row.stream().mapToDouble(b -> size(b).width() + GAP).sum() / 2;
      for (int block : row) {
        left.put(block, x);
        x += size(block).width() + GAP;
      }
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int i = 0; i < rows.size(); i++) {
        place(rows.get(sweep % 2 == 0 ? i : rows.size() - 1 - i));
      }
    }
    double least = left.values().stream().mapToDouble(x -> x).min().orElse(0);
    left.replaceAll((_, x) -> Math.rint(x - least));
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
      left.put(row.get(i), placed[i]);
    }
  }

  /**
   * The mean of what it is joined to: what has few lines matters more, so that these are straight.
   */
  private double wish(int block) {
    double sum = 0;
    double weights = 0;
    for (Blocks.Joint line : graph.of(block)) {
      if (!cableBeside.containsValue(line.network())) {
        int other = line.other(block);
        double weight = 1.0 / lines(other, at(rowOf, block) - at(rowOf, other)).size();
        sum += weight * centre(other);
        weights += weight;
      }
    }
    return weights == 0 ? centre(block) : sum / weights;
  }

  private double gapAfter(int block, int next) {
    return Optional.ofNullable(cableBeside.get(block))
        .map(
            cable ->
                Sprite.cable(graph.blocks().get(cable)).width()
                    + Face.LINK.widest(lineOf(cable, block).label())
                    + Face.LINK.widest(lineOf(cable, next).label())
                    + 48)
        .orElse(GAP);
  }

  private Blocks.Joint lineOf(int cable, int host) {
    return graph.of(cable).stream().filter(l -> l.host() == host).findFirst().orElseThrow();
  }

  private void placePorts() {
    for (List<Integer> row : rows) {
      row.stream().filter(b -> graph.blocks().get(b).isHost()).forEach(this::hostPorts);
    }
    for (List<Integer> row : rows) {
      row.stream().filter(b -> !graph.blocks().get(b).isHost()).forEach(this::networkPorts);
    }
  }

  private void hostPorts(int block) {
    for (int side : new int[] {-1, 1}) {
      List<Blocks.Joint> lines =
          lines(block, side).stream()
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
          lines(block, side).stream()
              .sorted(Comparator.comparingDouble(line -> at(ports, new Port(line.host(), line))))
              .toList();
      double[] wishes =
          lines.stream().mapToDouble(line -> at(ports, new Port(line.host(), line))).toArray();
      double[] apartFrom = new double[wishes.length];
      Arrays.fill(apartFrom, apart);
      double[] x = Spread.of(wishes, apartFrom);
      double least = at(left, block) + PORT_MARGIN;
      double most = at(left, block) + size(block).width() - PORT_MARGIN;
      for (int i = 0; i < x.length; i++) {
        double at = Math.max(least + i * apart, x[i]);
        at = Math.min(most - (x.length - 1 - i) * apart, at);
        ports.put(new Port(block, lines.get(i)), at);
      }
    }
  }

  private void draw() {
    double y = 0;
    for (int row = 0; row < rows.size(); row++) {
      double high = rows.get(row).stream().mapToDouble(b -> size(b).height()).max().orElse(0);
      for (int block : rows.get(row)) {
        double room = high - size(block).height();
        double drop = row < middle ? room : row == middle ? room / 2 : 0;
        top.put(block, y + Math.rint(drop));
        picture.add(size(block).picture(), at(left, block), at(top, block));
      }
      y += high;
      if (row + 1 < rows.size()) {
        y += gap(rows.get(row), rows.get(row + 1), y);
      }
    }
    later.forEach(Runnable::run);
    cableBeside.forEach(this::drawCable);
  }

  /** Draws the lines between two rows, and gives how much room they need. */
  private double gap(List<Integer> upper, List<Integer> lower, double from) {
    List<Blocks.Joint> lines =
        upper.stream().flatMap(block -> lines(block, 1).stream()).distinct().toList();
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
    double host = at(ports, new Port(line.host(), line));
    double network = at(ports, new Port(line.network(), line));
    return upper.contains(line.host())
        ? new Channel.Run(host, network)
        : new Channel.Run(network, host);
  }

  private double labelRoom(List<Integer> row, int side) {
    return row.stream()
        .filter(block -> graph.blocks().get(block).isHost())
        .flatMap(block -> lines(block, side).stream())
        .mapToDouble(line -> line.label().size() * LINE + 10)
        .max()
        .orElse(LABEL_GAP);
  }

  private void drawLine(Blocks.Joint line, boolean hostAbove, double track) {
    Blocks.Block network = graph.blocks().get(line.network());
    double hostX = at(ports, new Port(line.host(), line));
    double netX = at(ports, new Port(line.network(), line));
    double hostY = at(top, line.host()) + (hostAbove ? size(line.host()).height() : 0);
    double netY = at(top, line.network()) + (hostAbove ? 0 : size(line.network()).height());
    List<Point> points = new ArrayList<>(List.of(new Point(hostX, hostY)));
    if (Math.abs(hostX - netX) >= 0.5) {
      points.add(new Point(hostX, track));
      points.add(new Point(netX, track));
    }
    points.add(new Point(netX, netY));
    boolean cable = network.kind() == Picture.Kind.CABLE;
    picture.wires().add(new Picture.Wire(network.colour(), cable, points));
    Sprite panel = size(line.network());
    if (panel.trunk() >= 0 && !hostAbove) {
      // Along the panel's edge to the trunk that leads to the bar.
      double trunk = at(left, line.network()) + panel.trunk();
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
                line.label(), new Box(hostX + LABEL_GAP, y, Face.LINK.widest(line.label()), high)));
  }

  private void drawCable(int host, int cable) {
    List<Integer> row = rows.get(at(rowOf, host));
    int next = row.get(row.indexOf(host) + 1);
    double y =
        (Math.max(at(top, host), at(top, next))
                + Math.min(
                    at(top, host) + size(host).height(), at(top, next) + size(next).height()))
            / 2;
    double from = at(left, host) + size(host).width();
    double to = at(left, next);
    Blocks.Block block = graph.blocks().get(cable);
    List<String> first = lineOf(cable, host).label();
    List<String> second = lineOf(cable, next).label();
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

  private double centre(int block) {
    return at(left, block) + size(block).width() / 2;
  }

  private Sprite size(int block) {
    return at(sprites, block);
  }

  private static <K, V> V at(Map<K, V> map, K key) {
    V value = map.get(key);
    if (value == null) {
      throw new IllegalStateException("not placed yet: " + key);
    }
    return value;
  }
}
