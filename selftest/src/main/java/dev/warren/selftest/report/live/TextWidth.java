package dev.warren.selftest.report.live;

/** How many columns of a terminal a text takes. */
final class TextWidth {
  /** What stands for the rest of a text that was cut. */
  private static final String CUT = "...";

  /**
   * First and last code points of the blocks whose characters take two columns: those that are W or
   * F in EastAsianWidth.txt of Unicode 16, where nearly all of a block is.
   */
  private static final int[][] WIDE = {
    {0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x3247}, {0x3250, 0x4DBF}, {0x4E00, 0xA4CF},
    {0xA960, 0xA97C}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE10, 0xFE19}, {0xFE30, 0xFE6B},
    {0xFF01, 0xFF60}, {0xFFE0, 0xFFE6}, {0x16FE0, 0x18DF2}, {0x1AFF0, 0x1B2FB}, {0x1F200, 0x1F265},
    {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}
  };

  private TextWidth() {}

  /** The columns that a text takes which has been {@linkplain #printable made printable}. */
  static int of(String text) {
    return text.codePoints().map(TextWidth::of).sum();
  }

  /** The rows that a text takes which a terminal of so many columns wraps: at least one. */
  static int rows(String text, int columns) {
    int rows = 1;
    int column = 0;
    for (int c : text.codePoints().toArray()) {
      // Half of a wide character is never left at the end of a row.
      if (column + of(c) > columns) {
        rows++;
        column = 0;
      }
      column += of(c);
    }
    return rows;
  }

  private static int of(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(c) ? 2 : 1;
    };
  }

  private static boolean isWide(int c) {
    if (c < WIDE[0][0]) {
      return false;
    }
    for (int[] block : WIDE) {
      if (c >= block[0] && c <= block[1]) {
        return true;
      }
    }
    return Character.isEmojiPresentation(c);
  }

  /** A text of at most so many columns: the whole one, or its beginning and a mark. */
  static String fit(String text, int columns) {
    if (of(text) <= columns) {
      return text;
    }
    String mark = CUT.substring(0, Math.clamp(columns, 0, CUT.length()));
    StringBuilder kept = new StringBuilder();
    int left = columns - mark.length();
    for (int c : text.codePoints().toArray()) {
      left -= of(c);
      if (left < 0) {
        break;
      }
      kept.appendCodePoint(c);
    }
    return kept.append(mark).toString();
  }

  /**
   * One line of a text that a terminal is not moved, coloured or rung by: a question mark for each
   * control character, and for halves of surrogate pairs and marks of direction.
   */
  static String printable(String text) {
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c == '\t' ? ' ' : isHarmless(c) ? c : '?')
        .forEach(result::appendCodePoint);
    return result.toString();
  }

  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      // What turns the direction of a text would turn what stands behind it too.
      case Character.FORMAT -> (c < 0x202A || c > 0x202E) && (c < 0x2066 || c > 0x2069);
      default -> true;
    };
  }
}
