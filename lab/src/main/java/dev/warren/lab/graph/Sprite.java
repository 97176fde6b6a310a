package dev.warren.lab.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A block as it is drawn, apart from the lines to others.
 *
 * @param picture with its top left corner at 0, 0
 * @param trunk where a network's line goes down through its panel, from the left; negative when the
 *     bar itself is at that side
 */
record Sprite(double width, double height, Picture picture, double trunk) {
  private static final double PAD = 18;
  private static final double GAP = 18;
  private static final double GUTTER = 16;
  private static final double BAR_PAD = 9;
  private static final double STUB_LEFT = 22;

  /** Room for the root's mark before its name. */
  static final double ROOT_ICON = 16;

  private static final double LINE = Face.LINK.lineHeight();

  /** Room between bar or rail and card. */
  private static final double LEAST_STUB = 30;

  /** A host's card with a cable end above or below it. */
  static Sprite host(Topology.Node node, double atLeast) {
    Card card = Card.of(node, Card.Detail.INTERFACES, atLeast);
    Picture picture = new Picture();
    picture.cards().add(new Picture.PlacedCard(card, 0, 0));
    return new Sprite(card.width(), card.height(), picture, -1);
  }

  /** Cards in a grid, in a frame. */
  static Sprite group(Blocks.Block block, String title, double shape, double atLeast) {
    boolean lonely = block.kind() == Picture.Kind.LONELY;
    List<Card> cards =
        cards(block.hosts(), lonely ? Card.Detail.ADDRESSES : Card.Detail.EVERYTHING);
    Picture picture = new Picture();
    List<Picture.BarWord> words =
        List.of(
            new Picture.BarWord(
                Face.SMALL,
                title,
                true,
                false,
                new Box(PAD, 10, Face.SMALL.width(title), Face.SMALL.lineHeight())));
    double cardWidth = cards.getFirst().width();
    int columns = columns(cards, cardWidth, 0, shape);
    double inner = Math.max(columns * (cardWidth + GAP) - GAP, atLeast - 2 * PAD);
    inner = Math.max(inner, words.getFirst().box().width());
    double left = PAD + (inner - columns * (cardWidth + GAP) + GAP) / 2;
    double y = 36;
    for (int first = 0; first < cards.size(); first += columns) {
      List<Card> row = cards.subList(first, Math.min(cards.size(), first + columns));
      for (int i = 0; i < row.size(); i++) {
        picture.cards().add(new Picture.PlacedCard(row.get(i), left + i * (cardWidth + GAP), y));
      }
      y += row.stream().mapToDouble(Card::height).max().orElse(0) + GAP;
    }
    Box box = new Box(0, 0, inner + 2 * PAD, y);
    Box bar = new Box(0, 0, box.width(), 34);
    picture.panels().add(new Picture.Panel(block.kind(), -1, box, bar, words));
    return new Sprite(box.width(), box.height(), picture, -1);
  }

  /** The name of a cable. */
  static Sprite cable(Blocks.Block block) {
    List<Picture.BarWord> words = new ArrayList<>();
    double height = words(block, words);
    double width = words.stream().mapToDouble(word -> word.box().right()).max().orElse(0) + 14;
    Box box = new Box(0, 0, width, height);
    Picture picture = new Picture();
    picture.panels().add(new Picture.Panel(Picture.Kind.CABLE, block.colour(), box, box, words));
    return new Sprite(width, height, picture, -1);
  }

  /**
   * A network: its bar, and below it the hosts that are on it alone.
   *
   * @param shape how wide its grid should be for its height
   * @param atLeast how wide it must be
   * @param through whether lines leave at the side without the bar
   */
  static Sprite network(Blocks.Block block, double shape, double atLeast, boolean through) {
    List<Picture.BarWord> words = new ArrayList<>();
    double barHeight = words(block, words);
    double barWidth = rootWords(block, words, barHeight);
    Picture picture = new Picture();
    if (block.hosts().isEmpty()) {
      Box box = new Box(0, 0, Math.max(barWidth, atLeast), barHeight);
      picture.panels().add(panel(block, box, box, words));
      return new Sprite(box.width(), box.height(), picture, -1);
    }
    List<Card> cards = cards(block.hosts(), Card.Detail.ADDRESSES);
    double cardWidth = cards.getFirst().width();
    double stub = stub(block.hosts());
    int columns = columns(cards, cardWidth, stub, shape);
    boolean trunk = through || cards.size() > columns;
    double gutter = trunk ? GUTTER : 0;
    double grid = columns * (cardWidth + GAP) - GAP;
    double inner = Math.max(grid + gutter, Math.max(barWidth, atLeast) - 2 * PAD);
    double left = PAD + gutter + (inner - gutter - grid) / 2;
    double trunkX = left - GUTTER - 2;
    double y = barHeight;
    double rail = barHeight;
    for (int first = 0; first < cards.size(); first += columns) {
      List<Card> row = cards.subList(first, Math.min(cards.size(), first + columns));
      rail = y;
      double lastStub = trunkX;
      for (int i = 0; i < row.size(); i++) {
        double x = left + i * (cardWidth + GAP);
        picture.cards().add(new Picture.PlacedCard(row.get(i), x, rail + stub));
        lastStub = stubs(row.get(i).node(), block.colour(), x, rail, stub, picture);
      }
      if (first > 0) {
        picture.wires().add(wire(block, new Point(trunkX, rail), new Point(lastStub, rail)));
      }
      y += stub + row.stream().mapToDouble(Card::height).max().orElse(0) + GAP;
    }
    double bottom = through ? y : rail;
    if (bottom > barHeight) {
      picture.wires().add(wire(block, new Point(trunkX, barHeight), new Point(trunkX, bottom)));
    }
    Box box = new Box(0, 0, inner + 2 * PAD, y);
    Box bar = new Box(0, 0, box.width(), barHeight);
    picture.panels().add(panel(block, box, bar, words));
    return new Sprite(box.width(), box.height(), picture, through ? trunkX : -1);
  }

  /** Upside down: the bar at the bottom. */
  Sprite flipped() {
    return new Sprite(width, height, picture.flipped(height), trunk);
  }

  private static Picture.Panel panel(
      Blocks.Block block, Box box, Box bar, List<Picture.BarWord> words) {
    return new Picture.Panel(
        Picture.Kind.NETWORK, block.colour(), box, bar, placed(words, bar.width()));
  }

  /** The root's words go to the right end of the bar. */
  private static List<Picture.BarWord> placed(List<Picture.BarWord> words, double width) {
    return words.stream()
        .map(
            word ->
                word.root()
                    ? new Picture.BarWord(
                        word.face(), word.text(), word.quiet(), true, word.box().shifted(width, 0))
                    : word)
        .toList();
  }

  private static Picture.Wire wire(Blocks.Block block, Point from, Point to) {
    return new Picture.Wire(block.colour(), false, List.of(from, to));
  }

  /** The name and the subnets, at the left; gives the bar's height. */
  private static double words(Blocks.Block block, List<Picture.BarWord> words) {
    Topology.Network network = block.network().orElseThrow();
    boolean cable = block.kind() == Picture.Kind.CABLE;
    Face name = cable ? Face.CHIP : Face.NAME;
    Face subnet = cable ? Face.LINK : Face.MONO;
    double x = cable ? 14 : PAD;
    double y = cable ? 5 : BAR_PAD;
    words.add(
        new Picture.BarWord(
            name,
            network.name(),
            false,
            false,
            new Box(x, y, name.width(network.name()), name.lineHeight())));
    y += name.lineHeight();
    for (String text : network.subnets()) {
      words.add(
          new Picture.BarWord(
              subnet, text, true, false, new Box(x, y, subnet.width(text), subnet.lineHeight())));
      y += subnet.lineHeight();
    }
    int root = rootAddresses(block).size();
    double right = 2 * BAR_PAD + Face.NAME.lineHeight() + root * Face.MONO.lineHeight();
    return Math.max(y + (cable ? 5 : BAR_PAD), cable || root == 0 ? 0 : right);
  }

  /** The root's name and addresses, at the right; gives how wide the bar must be. */
  private static double rootWords(
      Blocks.Block block, List<Picture.BarWord> words, double barHeight) {
    double left = words.stream().mapToDouble(word -> word.box().right()).max().orElse(0);
    List<String> addresses = rootAddresses(block);
    if (addresses.isEmpty()) {
      return left + PAD;
    }
    String name = block.root().orElseThrow().name();
    double width = Math.max(Face.MONO.widest(addresses), Face.SMALL.width(name) + ROOT_ICON);
    double height = Face.NAME.lineHeight() + addresses.size() * Face.MONO.lineHeight();
    double y = (barHeight - height) / 2;
    words.add(
        new Picture.BarWord(
            Face.SMALL,
            name,
            false,
            true,
            new Box(
                -PAD - width + ROOT_ICON, y + 2, Face.SMALL.width(name), Face.SMALL.lineHeight())));
    y += Face.NAME.lineHeight();
    for (String address : addresses) {
      words.add(
          new Picture.BarWord(
              Face.MONO,
              address,
              true,
              true,
              new Box(-PAD - width, y, Face.MONO.width(address), Face.MONO.lineHeight())));
      y += Face.MONO.lineHeight();
    }
    return left + 28 + width + PAD;
  }

  private static List<String> rootAddresses(Blocks.Block block) {
    return block.root().stream()
        .flatMap(root -> root.links().stream())
        .flatMap(link -> link.addresses().stream())
        .toList();
  }

  /** All of one width. */
  private static List<Card> cards(List<Topology.Node> hosts, Card.Detail detail) {
    double widest =
        hosts.stream()
            .mapToDouble(host -> Math.max(Card.of(host, detail, 0).width(), stubsWidth(host)))
            .max()
            .orElse(0);
    return hosts.stream().map(host -> Card.of(host, detail, widest)).toList();
  }

  /** How many columns give a grid nearest to the shape: width for height. */
  private static int columns(List<Card> cards, double width, double stub, double shape) {
    double height = cards.stream().mapToDouble(Card::height).average().orElse(1) + stub + GAP;
    int best = 1;
    double nearest = Double.MAX_VALUE;
    for (int columns = 1; columns <= cards.size(); columns++) {
      int rows = Math.ceilDiv(cards.size(), columns);
      double difference = Math.abs(Math.log(columns * (width + GAP) / (rows * height) / shape));
      if (difference < nearest - 1e-9) {
        nearest = difference;
        best = columns;
      }
    }
    // As many rows need not so many columns when the last row is short.
    return Math.ceilDiv(cards.size(), Math.ceilDiv(cards.size(), best));
  }

  private static List<String> label(Topology.Link link) {
    List<String> lines = new ArrayList<>(List.of(link.name()));
    lines.addAll(link.conditions());
    return lines;
  }

  private static double stub(List<Topology.Node> hosts) {
    int lines =
        hosts.stream()
            .flatMap(host -> host.links().stream())
            .mapToInt(link -> 1 + link.conditions().size())
            .max()
            .orElse(1);
    return Math.max(LEAST_STUB, lines * LINE + 14);
  }

  private static double stubsWidth(Topology.Node host) {
    return STUB_LEFT
        + host.links().stream().mapToDouble(link -> Face.LINK.widest(label(link)) + 6 + GAP).sum()
        - GAP
        + 4;
  }

  /** Draws the ends of a host's links above its card; gives where the last one is. */
  private static double stubs(
      Topology.Node host, int colour, double left, double rail, double height, Picture picture) {
    double x = left + STUB_LEFT;
    double last = x;
    for (Topology.Link link : host.links()) {
      List<String> lines = label(link);
      double width = Face.LINK.widest(lines);
      picture
          .wires()
          .add(
              new Picture.Wire(
                  colour, false, List.of(new Point(x, rail), new Point(x, rail + height))));
      double high = lines.size() * LINE;
      picture
          .labels()
          .add(new Picture.Label(lines, new Box(x + 6, rail + (height - high) / 2, width, high)));
      last = x;
      x += 6 + width + GAP;
    }
    return last;
  }
}
