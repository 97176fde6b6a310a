package dev.warren.selftest.report.live;

import java.util.ArrayList;
import java.util.List;

/**
 * What a person sees who looks at a terminal: plays back what is sent to it, as far as a display
 * may use it (CR, LF, CUU, EL, ED, SGR); anything else is a mistake. Its window wraps, scrolls and,
 * when it becomes narrower, wraps anew.
 */
final class VirtualScreen {
  /** The second half of a wide character. */
  private static final int HALF = -1;

  /** A line of the window, and whether it goes on in the next one. */
  private static final class Row {
    private final List<Integer> cells = new ArrayList<>();
    private boolean wrapped;

    private String text() {
      StringBuilder text = new StringBuilder();
      cells.stream().filter(c -> c != HALF).forEach(text::appendCodePoint);
      return text.toString().stripTrailing();
    }
  }

  private final List<Row> scrolledOut = new ArrayList<>();
  private final List<Row> window = new ArrayList<>(List.of(new Row()));
  private int rows;
  private int columns;
  private int row;
  private int column;
  private int writes;

  VirtualScreen(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /** Takes what is sent at once. */
  void send(String text) {
    writes++;
    int[] all = text.codePoints().toArray();
    for (int i = 0; i < all.length; i++) {
      switch (all[i]) {
        case '\r' -> column = 0;
        case '\n' -> nextRow(false);
        case 0x1b -> i = escape(all, i + 1);
        default -> put(all[i]);
      }
    }
  }

  private int escape(int[] all, int start) {
    assertThat(all[start] == '[', "not CSI");
    int end = start + 1;
    while (all[end] < 0x40) {
      end++;
    }
    String parameter = new String(all, start + 1, end - start - 1);
    switch (all[end]) {
      case 'A' -> row = Math.max(0, row - Integer.parseInt(parameter));
      case 'K' -> truncate(window.get(row), column);
      case 'J' -> {
        truncate(window.get(row), column);
        window.subList(row + 1, window.size()).clear();
      }
      case 'm' -> assertThat(parameter.matches("[0-9;]+"), "SGR " + parameter);
      default -> throw new AssertionError("a sequence that ends in " + (char) all[end]);
    }
    return end;
  }

  private void put(int c) {
    assertThat(!Character.isISOControl(c), "control character " + c);
    int width = TextWidth.of(Character.toString(c));
    if (column + width > columns) {
      nextRow(true);
      column = 0;
    }
    List<Integer> cells = window.get(row).cells;
    while (cells.size() < column + width) {
      cells.add((int) ' ');
    }
    if (width > 0) {
      cells.set(column, c);
    }
    if (width == 2) {
      cells.set(column + 1, HALF);
    }
    column += width;
  }

  private void nextRow(boolean wrapped) {
    window.get(row).wrapped = wrapped;
    row++;
    while (window.size() <= row) {
      window.add(new Row());
    }
    scroll();
  }

  private void scroll() {
    while (window.size() > rows) {
      scrolledOut.add(window.removeFirst());
      row--;
    }
  }

  private static void truncate(Row line, int column) {
    if (line.cells.size() > column) {
      line.cells.subList(column, line.cells.size()).clear();
    }
    line.wrapped = false;
  }

  /** Another size of the window; the cursor is at the start of a line then. */
  void resize(int newRows, int newColumns) {
    List<List<Integer>> logical = new ArrayList<>();
    boolean goesOn = false;
    for (Row line : window) {
      if (goesOn) {
        logical.getLast().addAll(line.cells);
      } else {
        logical.add(new ArrayList<>(line.cells));
      }
      goesOn = line.wrapped;
    }
    rows = newRows;
    columns = newColumns;
    window.clear();
    window.add(new Row());
    row = 0;
    column = 0;
    for (int i = 0; i < logical.size(); i++) {
      logical.get(i).stream().filter(c -> c != HALF).forEach(this::put);
      if (i < logical.size() - 1) {
        nextRow(false);
        column = 0;
      }
    }
  }

  /** All lines that there are, also those that scrolled out, without empty ones at the end. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    boolean goesOn = false;
    for (List<Row> part : List.of(scrolledOut, window)) {
      for (Row line : part) {
        String text = line.text();
        lines.add(goesOn ? lines.removeLast() + text : text);
        goesOn = line.wrapped;
      }
    }
    while (!lines.isEmpty() && lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  /** Whether the cursor is at the start of an empty line. */
  boolean isAtRest() {
    return column == 0 && window.get(row).cells.isEmpty();
  }

  /** How often something was sent. */
  int writes() {
    return writes;
  }

  private static void assertThat(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
