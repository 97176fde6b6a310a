package dev.warren.selftest.testenv;

import dev.warren.lab.source.MappingNode;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import dev.warren.lab.source.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lays definitions over those that they extend. */
final class Inheritance {
  private static final String EXTENDS = "extends";

  /** These say something about one definition, and not about those that extend it. */
  private static final Set<String> NOT_INHERITED = Set.of(EXTENDS, "abstract", "summary");

  private final Map<String, MappingNode> written;
  private final Problems problems;

  Inheritance(Map<String, MappingNode> written, Problems problems) {
    this.written = written;
    this.problems = problems;
  }

  /** The definition with what it extends; empty, and reported, when there is no such thing. */
  Optional<MappingNode> merged(String name) {
    List<String> path = new ArrayList<>(List.of(name));
    MappingNode node = node(name);
    MappingNode merged = node;
    while (node.get(EXTENDS).orElse(null) instanceof ScalarNode base) {
      if (path.contains(base.value())) {
        path.add(base.value());
        problems.add(
            base,
            "definitions extend each other: "
                + String.join(" -> ", path.subList(path.indexOf(base.value()), path.size())));
        return Optional.empty();
      }
      if (!written.containsKey(base.value())) {
        problems.add(
            base,
            "there is no definition \"%s\"%s"
                .formatted(base.value(), Spelling.hint(base.value(), written.keySet())));
        return Optional.empty();
      }
      path.add(base.value());
      node = node(base.value());
      merged = merged.over(inheritable(node));
    }
    return Optional.of(merged);
  }

  private MappingNode node(String name) {
    MappingNode node = written.get(name);
    if (node == null) {
      throw new IllegalArgumentException(name);
    }
    return node;
  }

  private static MappingNode inheritable(MappingNode node) {
    return new MappingNode(
        node.position(),
        node.entries().stream().filter(entry -> !NOT_INHERITED.contains(entry.name())).toList());
  }
}
