package dev.warren.selftest.report.live;

import java.util.ArrayList;
import java.util.List;

/** A line of the display, in parts that may be coloured. */
record Line(List<Part> parts) {
  /** How a part looks: the parameter of SGR (ECMA-48). */
  enum Style {
    PLAIN(""),
    BOLD("1"),
    FAINT("2"),
    RED("1;31"),
    CYAN("36");

    private final String parameter;

    Style(String parameter) {
      this.parameter = parameter;
    }
  }

  /** Some text. */
  record Part(String text, Style style) {}

  Line {
    parts = List.copyOf(parts);
  }

  static Line of(String text) {
    return new Line(List.of()).plus(text, Style.PLAIN);
  }

  /** With more text behind it. */
  Line plus(String text, Style style) {
    List<Part> more = new ArrayList<>(parts);
    more.add(new Part(TextWidth.printable(text), style));
    return new Line(more);
  }

  /** As much of it as so many columns hold. */
  Line fit(int columns) {
    int left = columns;
    List<Part> fitting = new ArrayList<>();
    for (Part part : parts) {
      if (left > 0) {
        String text = TextWidth.fit(part.text(), left);
        fitting.add(new Part(text, part.style()));
        left = text.equals(part.text()) ? left - TextWidth.of(text) : 0;
      }
    }
    return new Line(fitting);
  }

  /** What a terminal is sent for it, without a line end. */
  String render(boolean colours) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (colours && part.style() != Style.PLAIN) {
        text.append("\u001b[" + part.style().parameter + "m" + part.text() + "\u001b[0m");
      } else {
        text.append(part.text());
      }
    }
    return text.toString();
  }
}
