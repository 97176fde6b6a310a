package dev.warren.lab.source;

/** A value in a YAML file. Nodes are immutable and form a tree. */
public sealed interface YamlNode permits MappingNode, SequenceNode, ScalarNode {

  /** Where the value starts. */
  Position position();

  /** What kind of value it is, in the words of messages: {@code a list}. */
  String kind();
}
