package dev.warren.selftest.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** Keeps the last lines of a text that may have no end. */
public final class TextTail {
  /** How much is kept, in characters. */
  static final int LIMIT = 64 * 1024;

  private final Deque<String> lines = new ArrayDeque<>();
  private int size;
  private boolean cut;

  /** No line yet. */
  public TextTail() {}

  /** Appends a line, given without its line end. */
  public void add(String line) {
    String kept = line.length() < LIMIT ? line : line.substring(line.length() - LIMIT + 1);
    lines.addLast(kept);
    size += kept.length() + 1;
    while (size > LIMIT) {
      size -= lines.removeFirst().length() + 1;
      cut = true;
    }
  }

  /** The lines that were kept, each with a line end, and a mark where earlier ones were dropped. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(cut ? "[...]\n" : "");
    lines.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
