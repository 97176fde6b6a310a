package dev.warren.lab.graph;

import java.util.List;

/** Draws a picture as SVG. For one use. */
final class SvgDrawing {
  private static final double MARGIN = 36;
  private static final double HEADER = 74;
  private static final double FOOTER = 30;
  private static final double CORNER = 9;

  private final Topology topology;
  private final Picture picture = new Picture();
  private final Svg svg = new Svg();

  SvgDrawing(Topology topology) {
    this.topology = topology;
    picture.add(LabLayout.of(topology), MARGIN, MARGIN + HEADER);
  }

  String text() {
    String note = rootNote();
    double words =
        Math.max(
            Face.TITLE.width(topology.lab()),
            note.isEmpty() ? 0 : Face.SMALL.width(note) + Sprite.ROOT_ICON);
    double width = Math.ceil(Math.max(picture.right(), MARGIN + words) + MARGIN);
    double bottom = Math.max(picture.bottom(), MARGIN + HEADER - 24);
    double height = Math.ceil(bottom + MARGIN + (note.isEmpty() ? 0 : FOOTER));
    svg.open(width, height)
        .with("role", "img")
        .with("aria-labelledby", "warren-title warren-description")
        .begin("title")
        .with("id", "warren-title")
        .text("Lab " + topology.lab())
        .end()
        .begin("desc")
        .with("id", "warren-description")
        .text(Summary.of(topology))
        .end()
        .element("style", Style.sheet())
        .box("ground", new Box(0, 0, width, height), 0)
        .words("title", MARGIN, MARGIN + 20, topology.lab())
        .words("small quiet", MARGIN, MARGIN + 42, Summary.counts(topology));
    picture.panels().forEach(this::panel);
    picture.wires().forEach(this::wire);
    // Above the lines that end there.
    picture.panels().stream().filter(p -> p.kind() == Picture.Kind.CABLE).forEach(this::pill);
    picture.cards().forEach(card -> new CardDrawing(svg, card).draw());
    picture.labels().forEach(this::label);
    if (!note.isEmpty()) {
      double y = height - MARGIN + 8;
      mark("rootnote", MARGIN, y);
      svg.words("small quiet", MARGIN + Sprite.ROOT_ICON, y, note);
    }
    return svg.finish();
  }

  private String rootNote() {
    String name = topology.root().name();
    return topology.root().links().isEmpty()
        ? ""
        : (name.equals("root") ? "root" : name + ", the root,")
            + " holds the networks and is on them itself";
  }

  private void panel(Picture.Panel panel) {
    switch (panel.kind()) {
      case CABLE -> {} // later
      case LONELY, GROUP -> {
        svg.begin("g").box("frame", panel.box(), 14);
        words(panel, "quiet");
        svg.end();
      }
      case NETWORK -> {
        svg.begin("g").with("class", Style.colour(panel.colour()));
        if (panel.box().equals(panel.bar())) {
          svg.box("bar", panel.bar(), 14);
        } else {
          svg.box("panel", panel.box(), 14);
          bar(panel);
        }
        words(panel, "onbar");
        svg.end();
      }
    }
  }

  /** Round where the panel is, straight where the hosts begin. */
  private void bar(Picture.Panel panel) {
    Box bar = panel.bar();
    boolean atTop = bar.y() <= panel.box().y() + 1;
    double in = atTop ? bar.bottom() : bar.y();
    double out = atTop ? bar.y() : bar.bottom();
    double step = atTop ? 14 : -14;
    svg.begin("path")
        .with("class", "bar")
        .with(
            "d",
            path("M", bar.x(), in)
                + path("V", out + step)
                + path("Q", bar.x(), out, bar.x() + 14, out)
                + path("H", bar.right() - 14)
                + path("Q", bar.right(), out, bar.right(), out + step)
                + path("V", in)
                + "Z")
        .end();
  }

  private void pill(Picture.Panel panel) {
    svg.begin("g")
        .with("class", Style.colour(panel.colour()))
        .box("pill", panel.box(), Math.min(14, panel.box().height() / 2));
    words(panel, "");
    svg.end();
  }

  private void words(Picture.Panel panel, String style) {
    for (Picture.BarWord word : panel.words()) {
      double x = panel.bar().x() + word.box().x();
      double y = panel.bar().y() + word.box().y() + word.face().ascent();
      if (word.root() && !word.quiet()) {
        mark("rootmark", x - Sprite.ROOT_ICON, y);
      }
      String look = (word.face().style() + " " + style + (word.quiet() ? " quiet" : "")).strip();
      svg.words(look, x, y, word.text());
    }
  }

  /** The root's mark: a diamond as high as small letters. */
  private void mark(String style, double x, double baseline) {
    svg.begin("path")
        .with("class", style)
        .with(
            "d",
            path("M", x + 5, baseline - 9.5)
                + path("L", x + 10, baseline - 4.5)
                + path("L", x + 5, baseline + 0.5)
                + path("L", x, baseline - 4.5)
                + "Z")
        .end();
  }

  private void wire(Picture.Wire wire) {
    List<Point> points = wire.points();
    StringBuilder way = new StringBuilder(path("M", points.getFirst().x(), points.getFirst().y()));
    for (int i = 1; i + 1 < points.size(); i++) {
      Point before = points.get(i - 1);
      Point at = points.get(i);
      Point after = points.get(i + 1);
      double radius = Math.min(CORNER, Math.min(distance(before, at), distance(at, after)) / 2);
      Point in = towards(at, before, radius);
      Point out = towards(at, after, radius);
      way.append(path("L", in.x(), in.y())).append(path("Q", at.x(), at.y(), out.x(), out.y()));
    }
    way.append(path("L", points.getLast().x(), points.getLast().y()));
    svg.begin("g").with("class", Style.colour(wire.colour()));
    svg.begin("path")
        .with("class", wire.cable() ? "wire cable" : "wire")
        .with("d", way.toString())
        .end();
    svg.end();
  }

  private void label(Picture.Label label) {
    double y = label.box().y();
    for (String line : label.lines()) {
      svg.words("link quiet", label.box().x(), y + Face.LINK.ascent(), line);
      y += Face.LINK.lineHeight();
    }
  }

  private static double distance(Point a, Point b) {
    return Math.hypot(a.x() - b.x(), a.y() - b.y());
  }

  private static Point towards(Point from, Point to, double length) {
    double all = distance(from, to);
    double part = all == 0 ? 0 : length / all;
    return new Point(from.x() + (to.x() - from.x()) * part, from.y() + (to.y() - from.y()) * part);
  }

  private static String path(String command, double... numbers) {
    StringBuilder text = new StringBuilder(command);
    for (double number : numbers) {
      text.append(text.length() > 1 ? " " : "").append(Svg.number(number));
    }
    return text.toString();
  }
}
