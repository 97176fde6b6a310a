package dev.warren.selftest.report.page;

import tools.jackson.databind.JsonNode;

/** JSON inside of a {@code script} element, whose end no text can be. */
final class EmbeddedJson {
  private EmbeddedJson() {}

  /** The JSON's text. What means something to HTML is in strings only, and can be escaped there. */
  static String of(JsonNode node) {
    String json = node.toString();
    StringBuilder text = new StringBuilder(json.length() + 64);
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      switch (c) {
        case '<', '>', '&', '\u2028', '\u2029' -> text.append(String.format("\\u%04x", (int) c));
        default -> text.append(Character.isSurrogate(c) && !isPair(json, i) ? '\ufffd' : c);
      }
    }
    return text.toString();
  }

  private static boolean isPair(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }
}
