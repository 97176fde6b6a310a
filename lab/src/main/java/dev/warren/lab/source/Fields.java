package dev.warren.lab.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Takes the values of a mapping by key. Each getter reports a value of the wrong kind and then is
 * empty, as it is when the key is not there; {@link #done} reports keys that no getter asked for.
 *
 * <pre>{@code
 * Fields fields = Fields.of(node, problems);
 * fields.require("name");
 * Optional<String> name = fields.text("name");
 * Optional<Duration> timeout = fields.duration("timeout");
 * fields.done();
 * }</pre>
 *
 * <p>For one thread.
 */
public final class Fields {

  /** Who is told which keys a reader knows, besides those in the file: the test of the schema. */
  static final ScopedValue<BiConsumer<MappingNode, Set<String>>> OBSERVER =
      ScopedValue.newInstance();

  private final MappingNode node;
  private final Problems problems;
  private final Set<String> asked = new LinkedHashSet<>();

  private Fields(MappingNode node, Problems problems) {
    this.node = node;
    this.problems = problems;
  }

  /** The fields of a node; when it is no mapping, that is reported and there are none. */
  public static Fields of(YamlNode node, Problems problems) {
    if (node instanceof MappingNode mapping) {
      return new Fields(mapping, problems);
    }
    problems.add(node, expected("a mapping (key: value)", node));
    return new Fields(MappingNode.empty(node.position()), problems);
  }

  /** The mapping itself; empty when the node was none. */
  public MappingNode node() {
    return node;
  }

  /** Where problems with a key belong: at the key, or at the mapping when it is not there. */
  public Position position(String key) {
    return node.entry(key).map(entry -> entry.key().position()).orElse(node.position());
  }

  /** Reports each of these keys that is not there. */
  public void require(String... keys) {
    for (String key : keys) {
      asked.add(key);
      if (node.entry(key).isEmpty()) {
        problems.add(node, "the key \"%s\" is missing here".formatted(key));
      }
    }
  }

  /** The value, of whatever kind. */
  public Optional<YamlNode> value(String key) {
    asked.add(key);
    return node.get(key);
  }

  /** A single value with its position. */
  public Optional<ScalarNode> scalar(String key) {
    return value(key).flatMap(value -> asScalar(value, problems));
  }

  /** A text. */
  public Optional<String> text(String key) {
    return scalar(key).flatMap(scalar -> scalar.text(problems));
  }

  /** A whole number from {@code least} to {@code most}. */
  public OptionalInt integer(String key, int least, int most) {
    return scalar(key)
        .map(scalar -> scalar.integer(least, most, problems))
        .orElse(OptionalInt.empty());
  }

  /** {@code true} or {@code false}. */
  public Optional<Boolean> flag(String key) {
    return scalar(key).flatMap(scalar -> scalar.flag(problems));
  }

  /** A time like {@code 60s}. */
  public Optional<Duration> duration(String key) {
    return scalar(key).flatMap(scalar -> scalar.duration(problems));
  }

  /** The fields of a mapping; empty when the key is not there. */
  public Optional<Fields> fields(String key) {
    return value(key).map(value -> of(value, problems));
  }

  /** The values of a list, of whatever kinds; none when the key is not there. */
  public List<YamlNode> items(String key) {
    return switch (value(key).orElse(null)) {
      case null -> List.of();
      case SequenceNode sequence -> sequence.items();
      case YamlNode other -> {
        problems.add(other, expected("a list ([a, b], or lines with \"- \")", other));
        yield List.of();
      }
    };
  }

  /** A list of single values with their positions. */
  public List<ScalarNode> scalars(String key) {
    return each(items(key), item -> asScalar(item, problems).filter(this::hasText));
  }

  /** A list of texts. */
  public List<String> texts(String key) {
    return scalars(key).stream().map(ScalarNode::value).toList();
  }

  /** A list of mappings. */
  public List<Fields> fieldsList(String key) {
    return items(key).stream().map(item -> of(item, problems)).toList();
  }

  /** A mapping whose keys are the user's own, to single values with their positions. */
  public Map<String, ScalarNode> scalarMap(String key) {
    Map<String, ScalarNode> map = new LinkedHashMap<>();
    for (MappingNode.Entry entry : entries(key)) {
      asScalar(entry.value(), problems)
          .filter(this::hasText)
          .ifPresent(value -> map.put(entry.name(), value));
    }
    return map;
  }

  /** A mapping whose keys are the user's own, to texts. */
  public Map<String, String> textMap(String key) {
    Map<String, String> map = new LinkedHashMap<>();
    scalarMap(key).forEach((name, value) -> map.put(name, value.value()));
    return map;
  }

  /** The entries of a mapping whose keys are the user's own. */
  public List<MappingNode.Entry> entries(String key) {
    return fields(key).map(fields -> fields.node.entries()).orElse(List.of());
  }

  /** Reports every key that no getter asked for, with the known key that may have been meant. */
  public void done() {
    if (OBSERVER.isBound()) {
      OBSERVER.get().accept(node, Set.copyOf(asked));
    }
    for (MappingNode.Entry entry : node.entries()) {
      if (!asked.contains(entry.name())) {
        String hint = Spelling.hint(entry.name(), asked);
        String known = hint.isEmpty() ? "; known here: " + String.join(", ", asked) : hint;
        problems.add(entry.key(), "unknown key \"%s\"%s".formatted(entry.name(), known));
      }
    }
  }

  private boolean hasText(ScalarNode scalar) {
    return scalar.text(problems).isPresent();
  }

  private static Optional<ScalarNode> asScalar(YamlNode node, Problems problems) {
    if (node instanceof ScalarNode scalar) {
      return Optional.of(scalar);
    }
    problems.add(node, expected("a single value", node));
    return Optional.empty();
  }

  private static String expected(String what, YamlNode found) {
    return what + " is expected, but this is " + found.kind();
  }

  private static <T> List<T> each(List<YamlNode> items, Function<YamlNode, Optional<T>> as) {
    List<T> result = new ArrayList<>();
    items.forEach(item -> as.apply(item).ifPresent(result::add));
    return result;
  }
}
