package dev.warren.lab.graph;

import java.util.List;

/** The style sheet. Classes and no variables, so that simple viewers show it too. */
final class Style {
  /** A network's colour: of its bar, and of its lines on a light and on a dark ground. */
  private record Colour(String bar, String light, String dark) {}

  private static final List<Colour> COLOURS =
      List.of(
          new Colour("#2b66d1", "#2b66d1", "#7aa7ff"),
          new Colour("#0b7d72", "#0b7d72", "#3fc7b6"),
          new Colour("#7548cf", "#7548cf", "#b09aff"),
          new Colour("#b5500b", "#b5500b", "#f5a263"),
          new Colour("#b92f74", "#b92f74", "#f58bc0"),
          new Colour("#37782a", "#37782a", "#86cf74"),
          new Colour("#0a7199", "#0a7199", "#5cc0e6"),
          new Colour("#80552b", "#80552b", "#d3a679"));

  private Style() {}

  /** The class of a network's colour. */
  static String colour(int network) {
    return "n" + Math.floorMod(network, COLOURS.size());
  }

  static String sheet() {
    StringBuilder sheet =
        new StringBuilder(
            """

            text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; fill: #18212d; }
            .mono, .link { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace; }
            """);
    for (Face face : Face.values()) {
      sheet.append(
          ".%s { font-size: %spx;%s }\n"
              .formatted(
                  face.style(),
                  Svg.number(face.size()),
                  face.isBold() ? " font-weight: 650;" : ""));
    }
    sheet.append(
        """
        .ground { fill: #f5f7fa; }
        .card { fill: #ffffff; stroke: #cfd6e0; }
        .shade { fill: #1b2a41; fill-opacity: 0.05; }
        .quiet { fill: #566273; }
        .icon { fill: none; stroke: #566273; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
        .tile { fill: #edf0f5; }
        .service { fill: #edf0f5; stroke: #dbe1e9; }
        .role { fill: #18212d; }
        text.onrole { fill: #ffffff; }
        .frame { fill: none; stroke: #b3bdca; stroke-dasharray: 5 5; }
        .wire { fill: none; stroke-width: 1.75; stroke-linecap: round; }
        .cable { stroke-width: 2.5; }
        .panel { fill-opacity: 0.06; stroke-opacity: 0.3; }
        text.onbar { fill: #ffffff; }
        text.onbar.quiet { fill: #ffffff; fill-opacity: 0.88; }
        .rootmark { fill: #ffffff; }
        .rootnote { fill: #566273; }
        .pill { fill: #ffffff; stroke-width: 1.5; }
        """);
    for (int i = 0; i < COLOURS.size(); i++) {
      Colour colour = COLOURS.get(i);
      sheet.append(
          """
          .n%1$d .bar { fill: %2$s; }
          .n%1$d .panel { fill: %3$s; stroke: %3$s; }
          .n%1$d .wire, .n%1$d .pill { stroke: %3$s; }
          .n%1$d .port { fill: %3$s; }
          """
              .formatted(i, colour.bar, colour.light));
    }
    sheet.append(
        """
        @media (prefers-color-scheme: dark) {
        text { fill: #e9eef5; }
        .ground { fill: #11151b; }
        .card { fill: #1c222b; stroke: #364050; }
        .shade { fill: #000000; fill-opacity: 0.25; }
        .quiet, .rootnote { fill: #a3b0c0; }
        .icon { stroke: #a3b0c0; }
        .tile { fill: #29313d; }
        .service { fill: #29313d; stroke: #3a4554; }
        .role { fill: #e9eef5; }
        text.onrole { fill: #11151b; }
        .frame { stroke: #4a5666; }
        .panel { fill-opacity: 0.08; stroke-opacity: 0.4; }
        .pill { fill: #1c222b; }
        """);
    for (int i = 0; i < COLOURS.size(); i++) {
      String dark = COLOURS.get(i).dark;
      sheet.append(
          """
          .n%1$d .panel { fill: %2$s; stroke: %2$s; }
          .n%1$d .wire, .n%1$d .pill { stroke: %2$s; }
          .n%1$d .port { fill: %2$s; }
          """
              .formatted(i, dark));
    }
    return sheet.append("}\n").toString();
  }
}
