package dev.warren.lab.graph;

import dev.warren.lab.description.LabDescription;

/** Draws labs. The same lab always gives the same text. */
public final class LabGraph {
  private LabGraph() {}

  /** A lab as an SVG document, which follows the viewer's choice of light or dark. */
  public static String svg(LabDescription lab) {
    return svg(Topology.of(lab));
  }

  /** A topology as an SVG document, which follows the viewer's choice of light or dark. */
  public static String svg(Topology topology) {
    return new SvgDrawing(topology).text();
  }

  /** A lab as a flowchart for Mermaid, which GitHub and others draw from the text. */
  public static String mermaid(LabDescription lab) {
    return mermaid(Topology.of(lab));
  }

  /** A topology as a flowchart for Mermaid, which GitHub and others draw from the text. */
  public static String mermaid(Topology topology) {
    return Mermaid.of(topology);
  }
}
