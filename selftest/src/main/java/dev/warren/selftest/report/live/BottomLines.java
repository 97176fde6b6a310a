package dev.warren.selftest.report.live;

import dev.warren.linux.process.WindowSize;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps a few lines at the bottom of a terminal, while lasting lines pass above them.
 *
 * <p>Nothing but text, movements and erasures (CUU, EL, ED of ECMA-48) is sent, and after each
 * picture the cursor is at the start of the line below it: no mode of the terminal is changed, so
 * however this process ends, there is nothing to restore. A picture is one write, lines are written
 * over, not erased first: nothing flickers. For one thread at a time.
 */
final class BottomLines {
  /** Erases from the cursor to the end of the line. */
  private static final String ERASE_REST = "\u001b[K";

  /** Erases from the cursor to the end of the window. */
  private static final String ERASE_BELOW = "\u001b[J";

  private final Consumer<String> out;
  private final Supplier<WindowSize> size;
  private final boolean colours;
  private List<Line> drawn = List.of();

  /**
   * On a terminal.
   *
   * @param out takes what is sent to it, and sends it at once
   * @param size the present size of its window
   */
  BottomLines(Consumer<String> out, Supplier<WindowSize> size, boolean colours) {
    this.out = out;
    this.size = size;
    this.colours = colours;
  }

  /** Shows these lines, as many as there is room for; nothing is sent when they are there. */
  void show(List<Line> lines) {
    WindowSize window = size.get();
    List<Line> fitting = fit(lines, window);
    if (!fitting.equals(drawn)) {
      draw("", fitting, window);
    }
  }

  /** Lets a text pass above them that stays: one line, or several. */
  void above(String text) {
    WindowSize window = size.get();
    StringBuilder lasting = new StringBuilder(ERASE_BELOW);
    text.lines().forEach(line -> lasting.append(TextWidth.printable(line)).append("\r\n"));
    if (text.isEmpty()) {
      lasting.append("\r\n");
    }
    draw(lasting.toString(), fit(drawn, window), window);
  }

  /** Takes them away. */
  void clear() {
    if (!drawn.isEmpty()) {
      draw("", List.of(), size.get());
    }
  }

  private static List<Line> fit(List<Line> lines, WindowSize window) {
    // The cursor needs a line of its own below, and one column stays free: what exactly fills a
    // line leaves the cursor where terminals differ.
    int most = Math.min(lines.size(), Math.max(0, window.rows() - 2));
    return lines.subList(0, most).stream().map(line -> line.fit(window.columns() - 1)).toList();
  }

  private void draw(String lasting, List<Line> lines, WindowSize window) {
    StringBuilder text = new StringBuilder("\r");
    int rows = rows(window.columns());
    if (rows > 0) {
      text.append("\u001b[").append(rows).append('A');
    }
    text.append(lasting);
    for (Line line : lines) {
      text.append(line.render(colours)).append(ERASE_REST).append("\r\n");
    }
    out.accept(text.append(ERASE_BELOW).toString());
    drawn = new ArrayList<>(lines);
  }

  /** The rows that the last picture takes now: a window that became narrower has wrapped it. */
  private int rows(int columns) {
    return drawn.stream().mapToInt(line -> TextWidth.rows(line.render(false), columns)).sum();
  }
}
