package dev.warren.lab.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A way to set text. Which font the viewer has is not known, so widths are those of DejaVu Sans,
 * which is wider than the others that viewers choose: text never leaves its box.
 */
enum Face {
  TITLE("title", 22, true, false),
  NAME("name", 14.5, true, false),
  SMALL("small", 12, false, false),
  MONO("mono", 11.5, false, true),
  LINK("link", 10.5, false, true),
  CHIP("chip", 10.5, false, false);

  private static final double MONO_WIDTH = 0.61;
  private static final double BOLD = 1.12;

  private final String style;
  private final double size;
  private final boolean bold;
  private final boolean fixed;

  Face(String style, double size, boolean bold, boolean fixed) {
    this.style = style;
    this.size = size;
    this.bold = bold;
    this.fixed = fixed;
  }

  /** The CSS class. */
  String style() {
    return style;
  }

  /** In pixels. */
  double size() {
    return size;
  }

  boolean isBold() {
    return bold;
  }

  boolean isFixed() {
    return fixed;
  }

  double lineHeight() {
    return Math.ceil(size * 1.35);
  }

  /** How far the base line lies below the top of the line. */
  double ascent() {
    return size * 1.02;
  }

  /** How wide a text may become, in pixels. */
  double width(String text) {
    double em = text.codePoints().mapToDouble(c -> fixed && c < 0x250 ? MONO_WIDTH : em(c)).sum();
    return em * size * (bold ? BOLD : 1);
  }

  double widest(List<String> lines) {
    return lines.stream().mapToDouble(this::width).max().orElse(0);
  }

  private static double em(int c) {
    if (c >= 0x250) {
      return 1.1;
    } else if ("ijlI.,:;'|! ".indexOf(c) >= 0) {
      return 0.34;
    } else if ("ftr-()[]/".indexOf(c) >= 0) {
      return 0.42;
    } else if ("mwMW@%".indexOf(c) >= 0) {
      return 1;
    }
    return Character.isUpperCase(c) ? 0.79 : 0.645;
  }

  /** Breaks a text into lines of at most that width: after a hyphen or dot, or where it must. */
  List<String> wrap(String text, double width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (width(rest) > width && rest.length() > 1) {
      int end = rest.length();
      while (end > 1 && width(rest.substring(0, end)) > width) {
        end--;
      }
      if (Character.isHighSurrogate(rest.charAt(end - 1))) {
        end++;
      }
      int nice = Math.max(rest.lastIndexOf('-', end - 1), rest.lastIndexOf('.', end - 1)) + 1;
      int at = nice >= end / 2 ? nice : end;
      lines.add(rest.substring(0, at));
      rest = rest.substring(at);
    }
    if (!rest.isEmpty() || lines.isEmpty()) {
      lines.add(rest);
    }
    return lines;
  }
}
