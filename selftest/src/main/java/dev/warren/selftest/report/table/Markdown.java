package dev.warren.selftest.report.table;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Text and tables in Markdown as GitHub and GitLab have it. */
final class Markdown {
  /** More of a reason than this is no table's. */
  private static final int LONGEST = 200;

  private Markdown() {}

  /** The first line of a text, which means nothing but itself; cut where it is very long. */
  static String text(String text) {
    return text.strip()
        .lines()
        .findFirst()
        .map(line -> escaped(shortened(line.replaceAll("\\p{Cntrl}", " ").strip())))
        .orElse("");
  }

  private static String shortened(String line) {
    int count = line.codePointCount(0, line.length());
    return count <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + " ...";
  }

  private static String escaped(String line) {
    return line.replaceAll("[\\\\`*\\[\\]<>|~&]", "\\\\$0")
        // Within a word it is no emphasis.
        .replaceAll("(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])", "\\\\_");
  }

  /** A name, in the type of code where that can be. */
  static String code(String name) {
    return name.matches("[^`\\p{Cntrl}]*[^`\\p{Cntrl}\\s]")
        ? "`" + name.replace("|", "\\|") + "`"
        : text(name);
  }

  /** A line of a table. */
  static String row(Stream<String> cells) {
    return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** The first two lines of a table; columns whose names end in a colon are set to the right. */
  static String head(List<String> columns) {
    return row(columns.stream().map(column -> column.replaceFirst(":$", "")))
        + columns.stream()
            .map(column -> column.endsWith(":") ? "---:" : "---")
            .collect(Collectors.joining("|", "|", "|\n"));
  }
}
