package dev.warren.lab.source;

import java.util.List;

/**
 * A list.
 *
 * @param position where it starts
 * @param items its values in order
 */
public record SequenceNode(Position position, List<YamlNode> items) implements YamlNode {

  /** Copies the list. */
  public SequenceNode {
    items = List.copyOf(items);
  }

  @Override
  public String kind() {
    return "a list";
  }
}
