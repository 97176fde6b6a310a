package dev.warren.lab.file;

import dev.warren.lab.source.Fields;
import dev.warren.lab.source.Inheritance;
import dev.warren.lab.source.MappingNode;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import dev.warren.lab.source.YamlNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What hosts of a lab file can be, and so need not say themselves:
 *
 * <pre>{@code
 * kinds:
 *   server: {domain: example.test, private: [/srv]}
 *   web: {kind: server, aliases: [www]}
 * hosts:
 *   a: {kind: web, interface: 80}
 * }</pre>
 */
final class Kinds {

  /** The key of a host or a kind that says what it is. */
  static final String KEY = "kind";

  private static final Inheritance.Rules RULES =
      new Inheritance.Rules("kind", KEY, Set.of(), Set.of("interface", "interfaces"));

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]{0,62}";

  private final Map<String, MappingNode> written;
  private final Inheritance inheritance;

  private Kinds(Map<String, MappingNode> written, Problems problems) {
    this.written = written;
    this.inheritance = new Inheritance(RULES, written, problems);
  }

  /** Takes the kinds; of their keys nothing is checked yet. */
  static Kinds read(Fields lab, Problems problems) {
    Map<String, MappingNode> written = new LinkedHashMap<>();
    for (MappingNode.Entry entry : lab.entries("kinds")) {
      if (!entry.name().matches(NAME)) {
        problems.add(
            entry.key(),
            "\"%s\" is no name for a kind: a letter or digit first, then letters, digits, - _ .,"
                    .formatted(entry.name())
                + " at most 63");
      }
      written.put(entry.name(), settings(entry.value(), problems));
    }
    return new Kinds(written, problems);
  }

  /** A host's or kind's keys; nothing behind the name is none. */
  static MappingNode settings(YamlNode node, Problems problems) {
    boolean none = node instanceof ScalarNode scalar && scalar.isNull();
    return none ? MappingNode.empty(node.position()) : Fields.of(node, problems).node();
  }

  /** Every kind with what it inherits; those that cannot be put together are left out. */
  Iterable<MappingNode> all() {
    return written.keySet().stream().map(inheritance::merged).flatMap(Optional::stream).toList();
  }

  /** A host's keys over those of its kind; its own alone when there is no such kind. */
  MappingNode under(MappingNode host) {
    return inheritance.merged(host).orElse(host);
  }
}
