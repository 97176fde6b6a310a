package dev.warren.lab.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** Everything that is drawn, each thing at its place. For one thread. */
final class Picture {
  private final List<Panel> panels = new ArrayList<>();
  private final List<PlacedCard> cards = new ArrayList<>();
  private final List<Wire> wires = new ArrayList<>();
  private final List<Label> labels = new ArrayList<>();

  /** What a panel is. */
  enum Kind {
    /** A bridge, with the hosts that are on it and nowhere else. */
    NETWORK,
    /** A cable's name, in the middle of its line. */
    CABLE,
    /** Hosts without a cable. */
    LONELY,
    /** Several hosts that are on the same networks. */
    GROUP
  }

  /**
   * A panel: an area with a bar.
   *
   * @param colour the network's
   * @param box all of it
   * @param bar where the words are; as large as the panel when no hosts are in it
   * @param words relative to the bar
   */
  record Panel(Kind kind, int colour, Box box, Box bar, List<BarWord> words) {}

  /**
   * A text of a bar.
   *
   * @param quiet whether it matters less than the others
   * @param root whether it names the root
   */
  record BarWord(Face face, String text, boolean quiet, boolean root, Box box) {}

  /** A card at its place. */
  record PlacedCard(Card card, double x, double y) {
    Box box() {
      return new Box(x, y, card.width(), card.height());
    }
  }

  /**
   * A line of straight pieces.
   *
   * @param cable whether it is one half of a cable
   */
  record Wire(int colour, boolean cable, List<Point> points) {}

  /** What stands at a link: the interface, then its conditions. */
  record Label(List<String> lines, Box box) {}

  List<Panel> panels() {
    return panels;
  }

  List<PlacedCard> cards() {
    return cards;
  }

  List<Wire> wires() {
    return wires;
  }

  List<Label> labels() {
    return labels;
  }

  double right() {
    return DoubleStream.concat(
            panels.stream().mapToDouble(panel -> panel.box().right()),
            DoubleStream.concat(
                cards.stream().mapToDouble(card -> card.box().right()),
                labels.stream().mapToDouble(label -> label.box().right())))
        .max()
        .orElse(0);
  }

  double bottom() {
    return DoubleStream.concat(
            panels.stream().mapToDouble(panel -> panel.box().bottom()),
            cards.stream().mapToDouble(card -> card.box().bottom()))
        .max()
        .orElse(0);
  }

  /** Draws another picture into this one. */
  void add(Picture other, double dx, double dy) {
    for (Panel panel : other.panels) {
      panels.add(
          new Panel(
              panel.kind,
              panel.colour,
              panel.box.shifted(dx, dy),
              panel.bar.shifted(dx, dy),
              panel.words));
    }
    for (PlacedCard card : other.cards) {
      cards.add(new PlacedCard(card.card, card.x + dx, card.y + dy));
    }
    for (Wire wire : other.wires) {
      wires.add(
          new Wire(
              wire.colour,
              wire.cable,
              wire.points.stream().map(p -> new Point(p.x() + dx, p.y() + dy)).toList()));
    }
    for (Label label : other.labels) {
      labels.add(new Label(label.lines, label.box.shifted(dx, dy)));
    }
  }

  /** The same upside down, each thing still upright. */
  Picture flipped(double total) {
    Picture result = new Picture();
    for (Panel panel : panels) {
      result.panels.add(
          new Panel(
              panel.kind,
              panel.colour,
              panel.box.flipped(total),
              panel.bar.flipped(total),
              panel.words));
    }
    for (PlacedCard card : cards) {
      result.cards.add(new PlacedCard(card.card, card.x, card.box().flipped(total).y()));
    }
    for (Wire wire : wires) {
      result.wires.add(
          new Wire(
              wire.colour,
              wire.cable,
              wire.points.stream().map(p -> new Point(p.x(), total - p.y())).toList()));
    }
    for (Label label : labels) {
      result.labels.add(new Label(label.lines, label.box.flipped(total)));
    }
    return result;
  }
}
