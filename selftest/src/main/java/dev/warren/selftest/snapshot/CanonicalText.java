package dev.warren.selftest.snapshot;

import dev.warren.lab.source.Position;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Records as text that is the same whenever they mean the same: where they are written does not
 * count, nor what is there for people only, nor the order of sets and maps.
 */
final class CanonicalText {
  /** Components that say something to people and nothing to a set-up. */
  private static final Set<String> FOR_PEOPLE = Set.of("summary");

  private CanonicalText() {}

  /**
   * The text.
   *
   * @param value a record of records, collections, texts and numbers
   * @throws IllegalArgumentException when there is something in it of which nobody can tell when it
   *     is the same
   */
  static String of(Object value) {
    StringBuilder text = new StringBuilder();
    write(value, text);
    return text.toString();
  }

  private static void write(Object value, StringBuilder text) {
    switch (value) {
      case Record one -> record(one, text);
      case List<?> list -> all(list, text);
      case Collection<?> set -> all(set.stream().map(CanonicalText::of).sorted().toList(), text);
      case Map<?, ?> map ->
          all(
              map.entrySet().stream()
                  .map(entry -> of(entry.getKey()) + "=" + of(entry.getValue()))
                  .sorted()
                  .toList(),
              text);
      case Optional<?> one -> all(one.stream().toList(), text);
      case OptionalInt one -> text.append(one);
      case OptionalDouble one -> text.append(one);
      case OptionalLong one -> text.append(one);
      case InetAddress address -> text.append(address.getHostAddress());
      // With its length, lest one text look like two.
      case String words -> text.append(words.length()).append(':').append(words);
      case Path path -> write(path.toString(), text);
      case Number number -> text.append(number);
      case Boolean flag -> text.append(flag);
      case Duration time -> text.append(time);
      case Enum<?> choice -> text.append(choice.name());
      default -> throw new IllegalArgumentException("no canonical text of " + value.getClass());
    }
  }

  private static void all(Collection<?> values, StringBuilder text) {
    text.append('[');
    for (Object value : values) {
      write(value, text);
      text.append(',');
    }
    text.append(']');
  }

  private static void record(Record value, StringBuilder text) {
    text.append(value.getClass().getSimpleName()).append('(');
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      if (component.getType() != Position.class && !FOR_PEOPLE.contains(component.getName())) {
        text.append(component.getName()).append('=');
        write(read(value, component), text);
        text.append(',');
      }
    }
    text.append(')');
  }

  private static Object read(Record value, RecordComponent component) {
    try {
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "no canonical text of %s.%s".formatted(value.getClass(), component.getName()), e);
    }
  }
}
