package dev.warren.lab.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys with values, in the order of the file. No key is there twice: {@link YamlFile} reports
 * second ones and keeps the first.
 *
 * @param position where it starts
 * @param entries the keys with their values
 */
public record MappingNode(Position position, List<Entry> entries) implements YamlNode {

  /** A key and its value; the key's position is where problems with the entry are reported. */
  public record Entry(ScalarNode key, YamlNode value) {

    /** The key as text. */
    public String name() {
      return key.value();
    }
  }

  /** Copies the entries. */
  public MappingNode {
    entries = List.copyOf(entries);
  }

  /** A mapping without entries. */
  public static MappingNode empty(Position position) {
    return new MappingNode(position, List.of());
  }

  /** The entry with this key. */
  public Optional<Entry> entry(String key) {
    return entries.stream().filter(entry -> entry.name().equals(key)).findFirst();
  }

  /** The value with this key. */
  public Optional<YamlNode> get(String key) {
    return entry(key).map(Entry::value);
  }

  /** The keys in the order of the file. */
  public List<String> keys() {
    return entries.stream().map(Entry::name).toList();
  }

  /**
   * This mapping laid over another: mappings merge key by key, everything else replaces what was
   * there. Each node keeps the position it has in its own file; the result starts where this one
   * does and has the keys of {@code base} first.
   */
  public MappingNode over(MappingNode base) {
    Map<String, Entry> merged = new LinkedHashMap<>();
    base.entries.forEach(entry -> merged.put(entry.name(), entry));
    entries.forEach(entry -> merged.merge(entry.name(), entry, MappingNode::merge));
    return new MappingNode(position, new ArrayList<>(merged.values()));
  }

  @Override
  public String kind() {
    return "a mapping";
  }

  private static Entry merge(Entry below, Entry above) {
    if (above.value() instanceof MappingNode upper && below.value() instanceof MappingNode lower) {
      return new Entry(above.key(), upper.over(lower));
    }
    return above;
  }
}
