package dev.warren.lab.graph;

/** Draws a host's card. */
record CardDrawing(Svg svg, Picture.PlacedCard placed) {
  private static final double RADIUS = 10;

  void draw() {
    Box box = placed.box();
    Topology.Node host = placed.card().node();
    svg.begin("g").element("title", host.fullName());
    svg.box("shade", box.shifted(0, 2), RADIUS);
    svg.box("card", box, RADIUS);
    svg.box("tile", new Box(box.x() + 11, box.y() + 12, 26, 26), 7);
    icon(host, box.x() + 24, box.y() + 25);
    placed.card().words().forEach(word -> word(word, box.x(), box.y()));
    svg.end();
  }

  private void word(Card.Word word, double x, double y) {
    Box box = word.box().shifted(x, y);
    switch (word.look()) {
      case ROLE, SERVICE -> {
        boolean role = word.look() == Card.Look.ROLE;
        svg.box(role ? "role" : "service", box, box.height() / 2);
        svg.words(role ? "chip onrole" : "chip", box.x() + 7, box.y() + 12.7, word.text());
      }
      case NAME -> text(word, box, "name");
      case ADDRESS -> text(word, box, "mono");
      case QUIET -> text(word, box, "mono quiet");
    }
  }

  private void text(Card.Word word, Box box, String style) {
    svg.words(style, box.x(), box.y() + word.face().ascent(), word.text());
  }

  /** Arrows both ways for a router, a stack for what serves, a screen for any other. */
  private void icon(Topology.Node host, double x, double y) {
    String way;
    if (!host.roles().isEmpty()) {
      way = "M-8 -3.5H7M3.5 -7L7 -3.5L3.5 0M8 4H-7M-3.5 .5L-7 4L-3.5 7.5";
    } else if (!host.services().isEmpty()) {
      way = "M-7 -7H7V-1H-7ZM-7 1H7V7H-7ZM-4 -4H-3.9M-4 4H-3.9";
    } else {
      way = "M-8 -6.5H8V3.5H-8ZM-3.5 7H3.5M0 3.5V7";
    }
    svg.begin("path")
        .with("class", "icon")
        .with("transform", "translate(%s %s)".formatted(Svg.number(x), Svg.number(y)))
        .with("d", way)
        .end();
  }
}
