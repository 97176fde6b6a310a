package dev.warren.lab.source;

import java.util.Comparator;

/**
 * A place in a file.
 *
 * @param file the file as the user named it
 * @param line from 1; 0 when the file as a whole is meant
 * @param column from 1, in code points; 0 when the line or file as a whole is meant
 */
public record Position(String file, int line, int column) implements Comparable<Position> {

  private static final Comparator<Position> ORDER =
      Comparator.comparing(Position::file)
          .thenComparingInt(Position::line)
          .thenComparingInt(Position::column);

  /** Refuses negative numbers. */
  public Position {
    if (line < 0 || column < 0) {
      throw new IllegalArgumentException("line " + line + " column " + column);
    }
  }

  /** The file as a whole. */
  public static Position of(String file) {
    return new Position(file, 0, 0);
  }

  /** By file name, then from top to bottom. */
  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line:column}, the form that editors and terminals make a link of. */
  @Override
  public String toString() {
    if (line == 0) {
      return file;
    }
    return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
  }
}
