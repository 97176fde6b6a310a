package dev.warren.lab.file;

import dev.warren.lab.source.MappingNode;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.SequenceNode;
import dev.warren.lab.source.YamlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** A JSON Schema as far as it says which keys mappings have. */
final class SchemaTree {
  private final JsonNode root;

  SchemaTree(JsonNode root) {
    this.root = root;
  }

  /**
   * A mapping of a file: where the schema describes it, and with which keys.
   *
   * @param path in words: {@code hosts.*.files[]}
   * @param places JSON pointers of the schemas with properties that may be meant
   */
  record Described(String path, Set<String> places) {}

  /** The keys that the schemas at these places have. */
  Set<String> keys(Collection<String> places) {
    Set<String> keys = new LinkedHashSet<>();
    places.forEach(place -> keys.addAll(root.at(place).get("properties").propertyNames()));
    return keys;
  }

  /** Every schema of a mapping with fixed keys, by its pointer. */
  Map<String, Set<String>> mappings() {
    Map<String, Set<String>> found = new TreeMap<>();
    collect("", root, found);
    return found;
  }

  /** What the schema says of each mapping in a document. */
  Map<Position, Described> describe(YamlNode document) {
    Map<Position, Described> described = new HashMap<>();
    describe(document, "", Set.of(""), described);
    return described;
  }

  private void describe(
      YamlNode node, String path, Set<String> schemas, Map<Position, Described> described) {
    Set<String> all = new LinkedHashSet<>();
    schemas.forEach(schema -> alternatives(schema, all));
    switch (node) {
      case MappingNode mapping -> {
        Set<String> places = new LinkedHashSet<>(all);
        places.removeIf(place -> !root.at(place).has("properties"));
        described.put(mapping.position(), new Described(path, places));
        for (MappingNode.Entry entry : mapping.entries()) {
          Map<String, Boolean> next = next(entry.name(), all);
          String step = next.containsValue(true) ? entry.name() : "*";
          describe(
              entry.value(), path.isEmpty() ? step : path + "." + step, next.keySet(), described);
        }
      }
      case SequenceNode sequence -> {
        Set<String> items = new LinkedHashSet<>(all);
        items.removeIf(place -> !root.at(place).has("items"));
        List<String> next = items.stream().map(place -> place + "/items").toList();
        sequence
            .items()
            .forEach(item -> describe(item, path + "[]", new LinkedHashSet<>(next), described));
      }
      default -> {}
    }
  }

  /** The schemas of a key's value, and whether they are that key's own. */
  private Map<String, Boolean> next(String key, Set<String> places) {
    Map<String, Boolean> next = new LinkedHashMap<>();
    for (String place : places) {
      JsonNode schema = root.at(place);
      if (schema.path("properties").has(key)) {
        next.put(place + "/properties/" + key, true);
      } else if (schema.path("additionalProperties").isObject()) {
        next.put(place + "/additionalProperties", false);
      }
    }
    return next;
  }

  /** A schema with all that it refers to or chooses from. */
  private void alternatives(String place, Set<String> found) {
    if (!found.add(place)) {
      return;
    }
    JsonNode schema = root.at(place);
    if (schema.has("$ref")) {
      alternatives(schema.get("$ref").asString().substring(1), found);
    }
    for (String choice : List.of("anyOf", "oneOf", "allOf")) {
      for (int i = 0; i < schema.path(choice).size(); i++) {
        alternatives(place + "/" + choice + "/" + i, found);
      }
    }
  }

  private static void collect(String place, JsonNode node, Map<String, Set<String>> found) {
    if (node.path("properties").isObject() && !place.endsWith("/properties")) {
      found.put(place, new LinkedHashSet<>(node.get("properties").propertyNames()));
    }
    List<String> names = new ArrayList<>(node.propertyNames());
    names.forEach(name -> collect(place + "/" + name, node.get(name), found));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      collect(place + "/" + i, node.get(i), found);
    }
  }
}
