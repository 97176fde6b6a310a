package dev.warren.lab.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lays what somebody wrote over what it says it is a case of, and that over its own base. */
public final class Inheritance {

  private final Rules rules;
  private final Map<String, MappingNode> written;
  private final Problems problems;

  /**
   * How things inherit.
   *
   * @param noun what can be inherited from, for messages: {@code kind}
   * @param keyword the key whose value names the base
   * @param notInherited keys that say something about one thing, and not about those that are cases
   *     of it
   * @param alternatives keys of which there can be one: it replaces the others of the base
   */
  public record Rules(
      String noun, String keyword, Set<String> notInherited, Set<String> alternatives) {

    /** Copies the sets. */
    public Rules {
      notInherited = Set.copyOf(notInherited);
      alternatives = Set.copyOf(alternatives);
    }
  }

  /**
   * Inheritance among these.
   *
   * @param written what can be inherited from, by name
   */
  public Inheritance(Rules rules, Map<String, MappingNode> written, Problems problems) {
    this.rules = rules;
    this.written = Map.copyOf(written);
    this.problems = problems;
  }

  /**
   * One of the bases with what it inherits. Every node keeps its position.
   *
   * @return empty, with the problem reported, when a base is missing or they go round in a circle
   * @throws IllegalArgumentException when there is none of that name
   */
  public Optional<MappingNode> merged(String name) {
    return merged(new ArrayList<>(List.of(name)), node(name));
  }

  /** The same of something that is no base itself. */
  public Optional<MappingNode> merged(MappingNode user) {
    return merged(new ArrayList<>(), user);
  }

  private Optional<MappingNode> merged(List<String> path, MappingNode start) {
    MappingNode node = start;
    MappingNode merged = start;
    while (node.get(rules.keyword).orElse(null) instanceof ScalarNode base && !base.isNull()) {
      if (path.contains(base.value())) {
        path.add(base.value());
        problems.add(
            base,
            "%ss extend each other: %s"
                .formatted(
                    rules.noun,
                    String.join(" -> ", path.subList(path.indexOf(base.value()), path.size()))));
        return Optional.empty();
      }
      if (!written.containsKey(base.value())) {
        problems.add(
            base,
            "there is no %s \"%s\"%s"
                .formatted(
                    rules.noun, base.value(), Spelling.hint(base.value(), written.keySet())));
        return Optional.empty();
      }
      path.add(base.value());
      node = node(base.value());
      merged = merged.over(inheritable(node, merged));
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

  private MappingNode inheritable(MappingNode base, MappingNode above) {
    boolean chosen = above.keys().stream().anyMatch(rules.alternatives::contains);
    return new MappingNode(
        base.position(),
        base.entries().stream()
            .filter(entry -> !entry.name().equals(rules.keyword))
            .filter(entry -> !rules.notInherited.contains(entry.name()))
            .filter(entry -> !(chosen && isOtherChoice(entry.name(), above)))
            .toList());
  }

  /** The same key merges as any other does. */
  private boolean isOtherChoice(String key, MappingNode above) {
    return rules.alternatives.contains(key) && above.entry(key).isEmpty();
  }
}
