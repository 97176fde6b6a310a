package dev.warren.lab.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a topology as a flowchart of Mermaid (mermaid.js.org/syntax/flowchart.html). */
final class Mermaid {
  private final Topology topology;
  private final StringBuilder text = new StringBuilder();
  private final Map<String, String> ids = new HashMap<>();

  private Mermaid(Topology topology) {
    this.topology = topology;
  }

  static String of(Topology topology) {
    return new Mermaid(topology).write();
  }

  private String write() {
    line("flowchart TB");
    line("  accTitle: Lab " + plain(topology.lab()));
    line("  accDescr: " + plain(Summary.of(topology)));
    for (Topology.Network network : topology.networks()) {
      String id = "n" + ids.size();
      ids.put(network.name(), id);
      List<String> lines = new ArrayList<>(List.of(network.name()));
      lines.addAll(network.subnets());
      line("  " + id + "([" + quoted(lines) + "]):::" + (network.cable() ? "cable" : "network"));
    }
    if (!topology.root().links().isEmpty()) {
      node("root", topology.root(), List.of("root"), "{{", "}}", "rootHost");
      topology.root().links().forEach(link -> link("root", "-.-", link, link.addresses()));
    }
    int number = 0;
    for (Topology.Node host : topology.hosts()) {
      String id = "h" + number++;
      boolean plain = host.roles().isEmpty();
      node(id, host, List.of(), "[", "]", plain ? "host" : "router");
      for (Topology.Link link : host.links()) {
        List<String> words = new ArrayList<>(List.of(link.name()));
        words.addAll(link.addresses());
        words.addAll(link.conditions());
        link(id, "---", link, words);
      }
    }
    line("  classDef network fill:#2b66d1,stroke:#2b66d1,color:#ffffff");
    line("  classDef cable fill:#ffffff,stroke:#2b66d1,color:#18212d");
    line("  classDef host fill:#ffffff,stroke:#8b97a6,color:#18212d");
    line("  classDef router fill:#dfe5ee,stroke:#18212d,color:#18212d");
    line("  classDef rootHost fill:#edf0f5,stroke:#8b97a6,color:#18212d,stroke-dasharray:4 3");
    return text.toString();
  }

  private void node(
      String id, Topology.Node node, List<String> more, String open, String close, String style) {
    List<String> lines = new ArrayList<>(List.of(node.name()));
    lines.addAll(more);
    lines.addAll(node.roles());
    lines.addAll(node.services());
    line("  " + id + open + quoted(lines) + close + ":::" + style);
  }

  private void link(String id, String line, Topology.Link link, List<String> words) {
    String network = ids.getOrDefault(link.network(), "");
    if (!network.isEmpty()) {
      String label = words.isEmpty() ? "" : "|" + quoted(words) + "|";
      line("  " + id + " " + line + label + " " + network);
    }
  }

  private static String quoted(List<String> lines) {
    return "\"" + String.join("<br/>", lines.stream().map(Mermaid::escaped).toList()) + "\"";
  }

  /** Signs of ASCII other than those that addresses hold, as Mermaid's character codes. */
  private static String escaped(String value) {
    StringBuilder escaped = new StringBuilder();
    value
        .codePoints()
        .forEach(
            c -> {
              if (Character.isLetterOrDigit(c) || c > 0xa0 || " .:/%-_+,".indexOf(c) >= 0) {
                escaped.appendCodePoint(c);
              } else {
                escaped.append('#').append(c).append(';');
              }
            });
    return escaped.toString();
  }

  /** A sentence in one line; what would be read as syntax there becomes a blank. */
  private static String plain(String value) {
    return value.replaceAll("[\\p{Cntrl};#{}]", " ");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
