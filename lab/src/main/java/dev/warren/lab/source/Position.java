package dev.warren.lab.source;

/**
 * A place in a file.
 *
 * @param file the file as the user named it
 * @param line from 1; 0 when the file as a whole is meant
 * @param column from 1, in code points; 0 when the line or file as a whole is meant
 */
public record Position(String file, int line, int column) implements Comparable<Position> {

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
    // No Comparator.comparing: its lambdas can be serialized, and the AOT cache has none that can.
    int order = file.compareTo(other.file);
    if (order == 0) {
      order = Integer.compare(line, other.line);
    }
    return order == 0 ? Integer.compare(column, other.column) : order;
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
