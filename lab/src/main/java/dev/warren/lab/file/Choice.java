package dev.warren.lab.file;

import dev.warren.lab.source.Fields;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads one of a few words. */
final class Choice {
  private Choice() {}

  /** The value of a key, by its name in small letters; another word is a mistake. */
  static <E extends Enum<E>> Optional<E> read(
      Fields fields, String key, E[] values, Problems problems) {
    return fields.scalar(key).flatMap(node -> one(node, values, problems));
  }

  private static <E extends Enum<E>> Optional<E> one(
      ScalarNode node, E[] values, Problems problems) {
    Optional<E> found =
        Arrays.stream(values).filter(value -> word(value).equals(node.value())).findFirst();
    if (found.isEmpty()) {
      List<String> words = Arrays.stream(values).map(Choice::word).toList();
      problems.add(node, "\"%s\" is none of %s".formatted(node.value(), String.join(", ", words)));
    }
    return found;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
