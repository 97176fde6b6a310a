package dev.warren.selftest.report;

/** Text that XML can hold. */
final class XmlText {
  private static final int REPLACEMENT = 0xFFFD;

  private XmlText() {}

  /** The text with every character replaced that XML 1.0 forbids, even as an entity. */
  static String legal(String text) {
    int index = 0;
    while (index < text.length() && isPlain(text.charAt(index))) {
      index++;
    }
    return index == text.length() ? text : replaced(text);
  }

  /** Nearly all text, and quickly told. */
  private static boolean isPlain(char c) {
    return (c >= 0x20 && c < Character.MIN_SURROGATE) || c == '\n' || c == '\t';
  }

  private static String replaced(String text) {
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints().map(c -> isLegal(c) ? c : REPLACEMENT).forEach(result::appendCodePoint);
    return result.toString();
  }

  /** The production Char of XML 1.0, section 2.2. */
  private static boolean isLegal(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
