package dev.warren.lab.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * What is written on a host's card, and where.
 *
 * @param words relative to the card's corner
 */
record Card(Topology.Node node, double width, double height, List<Word> words) {
  /** Where text begins: right of the icon. */
  private static final double LEFT = 46;

  private static final double PAD = 12;
  private static final double NAME_WIDTH = 150;
  private static final double CHIP_HEIGHT = 18;
  private static final double GAP = 5;

  /** How a word looks. */
  enum Look {
    NAME,
    ADDRESS,
    QUIET,
    ROLE,
    SERVICE
  }

  /**
   * A text on a card.
   *
   * @param box of the text, or of the chip around it
   */
  record Word(Look look, Face face, String text, Box box) {}

  /** What of a host its card says. */
  enum Detail {
    /** The addresses: the interface's name stands at the link. */
    ADDRESSES,
    /** The addresses by interface. */
    INTERFACES,
    /** The same with their conditions, where the links of several hosts are drawn as one. */
    EVERYTHING
  }

  /** A card that is as wide as it must be, and at least as wide as told. */
  static Card of(Topology.Node node, Detail detail, double atLeast) {
    List<Line> lines = lines(node, detail);
    double content =
        Math.max(
            atLeast - LEFT - PAD,
            Math.max(
                Math.min(Face.NAME.width(node.name()) + 1, NAME_WIDTH),
                lines.stream().mapToDouble(Line::width).max().orElse(0)));
    for (String chip : chips(node)) {
      content = Math.max(content, Math.min(chipWidth(chip), 2 * NAME_WIDTH));
    }
    List<Word> words = new ArrayList<>();
    boolean nothing = lines.isEmpty() && chips(node).isEmpty();
    double y = nothing ? PAD + 3 : PAD - 2;
    for (String part : Face.NAME.wrap(node.name(), content)) {
      words.add(word(Look.NAME, Face.NAME, part, LEFT, y));
      y += Face.NAME.lineHeight();
    }
    y += 2;
    for (Line line : lines) {
      words.add(word(line.look, Face.MONO, line.text, LEFT + line.indent, y));
      if (line.ends) {
        y += Face.MONO.lineHeight();
      }
    }
    y = chips(node, content, y, words);
    return new Card(node, LEFT + content + PAD, Math.max(y + PAD - 2, 50), List.copyOf(words));
  }

  private static List<String> chips(Topology.Node node) {
    List<String> chips = new ArrayList<>(node.roles());
    chips.addAll(node.services());
    return chips;
  }

  private static double chips(Topology.Node node, double content, double top, List<Word> words) {
    double x = LEFT;
    double y = top + GAP;
    int index = 0;
    for (String chip : chips(node)) {
      Look look = index++ < node.roles().size() ? Look.ROLE : Look.SERVICE;
      for (String part : Face.CHIP.wrap(chip, content - 14)) {
        double width = chipWidth(part);
        if (x > LEFT && x + width > LEFT + content) {
          x = LEFT;
          y += CHIP_HEIGHT + GAP;
        }
        words.add(new Word(look, Face.CHIP, part, new Box(x, y, width, CHIP_HEIGHT)));
        x += width + GAP;
      }
    }
    return index == 0 ? top : y + CHIP_HEIGHT;
  }

  private static double chipWidth(String text) {
    return Face.CHIP.width(text) + 14;
  }

  private static Word word(Look look, Face face, String text, double x, double y) {
    return new Word(look, face, text, new Box(x, y, face.width(text), face.lineHeight()));
  }

  /** A text, and whether the next one stands below it. */
  private record Line(Look look, String text, double indent, boolean ends) {
    double width() {
      return indent + Face.MONO.width(text);
    }
  }

  private static List<Line> lines(Topology.Node node, Detail detail) {
    List<Line> lines = new ArrayList<>();
    double column = 0;
    if (detail != Detail.ADDRESSES) {
      column = Face.MONO.widest(node.links().stream().map(Topology.Link::name).toList()) + 10;
    }
    for (Topology.Link link : node.links()) {
      List<String> values = new ArrayList<>(link.addresses());
      if (detail == Detail.EVERYTHING) {
        values.addAll(link.conditions());
      }
      if (detail != Detail.ADDRESSES) {
        lines.add(new Line(Look.QUIET, link.name(), 0, values.isEmpty()));
      }
      for (String value : values) {
        boolean isAddress = link.addresses().contains(value);
        lines.add(new Line(isAddress ? Look.ADDRESS : Look.QUIET, value, column, true));
      }
    }
    return lines;
  }
}
