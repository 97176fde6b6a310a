package dev.warren.selftest.report.page;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Texts that are written once, and named by their numbers. */
final class SharedTexts {
  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  /** The number of a text, from 0. */
  int number(String text) {
    return numbers.computeIfAbsent(text, _ -> numbers.size());
  }

  /** All texts in the order of their numbers. */
  ArrayNode json() {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    numbers.keySet().forEach(array::add);
    return array;
  }
}
