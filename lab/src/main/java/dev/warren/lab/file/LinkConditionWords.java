package dev.warren.lab.file;

import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.source.MappingNode;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problem;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import dev.warren.lab.source.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Link conditions by the words of a lab file, but without one: as a command line has them. */
public final class LinkConditionWords {
  private static final Position NOWHERE = Position.of("");

  private LinkConditionWords() {}

  /**
   * Changes conditions; what is not said stays as it was.
   *
   * @param direction {@code to-host} or {@code from-host}; both when there is none
   * @param values the keys of a lab file's {@code conditions}, a preset too, and their values
   * @throws IllegalArgumentException with all mistakes in a line, for the user
   */
  public static LinkConditions change(
      LinkConditions before, Optional<String> direction, Map<String, String> values) {
    Problems problems = new Problems();
    LinkConditionReader reader = new LinkConditionReader(problems);
    Optional<LinkConditions> preset =
        Optional.ofNullable(values.get("preset"))
            .flatMap(name -> reader.read(scalar("preset", name)));
    Optional<LinkConditions> changed =
        reader.read(node(direction, values), base(before, direction, preset));
    if (changed.isEmpty() || !problems.isEmpty()) {
      throw new IllegalArgumentException(
          problems.list().stream()
              .map(LinkConditionWords::message)
              .collect(Collectors.joining("; ")));
    }
    return changed.get();
  }

  /** A preset of one direction leaves the other as it was. */
  private static LinkConditions base(
      LinkConditions before, Optional<String> direction, Optional<LinkConditions> preset) {
    if (preset.isEmpty() || direction.isEmpty()) {
      return preset.orElse(before);
    }
    return direction.get().equals("to-host")
        ? before.withToHost(preset.get().toHost())
        : before.withFromHost(preset.get().fromHost());
  }

  private static YamlNode node(Optional<String> direction, Map<String, String> values) {
    List<MappingNode.Entry> entries =
        values.entrySet().stream()
            .filter(value -> !value.getKey().equals("preset"))
            .map(value -> entry(value.getKey(), scalar(value.getKey(), value.getValue())))
            .toList();
    MappingNode all = new MappingNode(NOWHERE, entries);
    return direction.map(key -> new MappingNode(NOWHERE, List.of(entry(key, all)))).orElse(all);
  }

  private static MappingNode.Entry entry(String key, YamlNode value) {
    return new MappingNode.Entry(scalar(key, key), value);
  }

  /** What is told of it names the key. */
  private static ScalarNode scalar(String key, String value) {
    return new ScalarNode(Position.of(key), value, ScalarNode.Style.QUOTED, 0);
  }

  private static String message(Problem problem) {
    return problem.position().equals(NOWHERE) ? problem.message() : problem.toString();
  }
}
