package dev.warren.lab.control;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.Link;
import dev.warren.lab.graph.LabGraph;
import dev.warren.lab.graph.Topology;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Draws a running lab, with what holds on its links now. */
final class LabDrawing {
  private LabDrawing() {}

  static LabAnswer of(Lab lab, String format) throws IOException {
    Map<Integer, List<String>> states = new HashMap<>();
    for (Host host : lab.hosts()) {
      for (Link link : host.links()) {
        List<String> words =
            new ArrayList<>(lab.conditions(host.name(), link.number()).conditions().words());
        if (link.isCut()) {
          words.addFirst("cut");
        }
        states.put(link.number(), words);
      }
    }
    Topology topology =
        Topology.of(lab.description(), link -> states.getOrDefault(link.number(), List.of()));
    return new LabAnswer.Text(
        switch (format) {
          case "svg" -> LabGraph.svg(topology);
          case "mermaid" -> LabGraph.mermaid(topology);
          default ->
              throw new IllegalArgumentException(
                  "there is no drawing \"%s\", only svg and mermaid".formatted(format));
        });
  }
}
