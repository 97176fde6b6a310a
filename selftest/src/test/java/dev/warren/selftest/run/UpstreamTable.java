package dev.warren.selftest.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The table {@code upstream-variables.txt}, which says itself how it is written. */
record UpstreamTable(Map<String, List<Row>> sections) {
  private static final Path FILE = Path.of("src/test/resources/upstream-variables.txt");

  /** Where a variable is. */
  enum Where {
    BOTH,
    OTHER_VALUE,
    UPSTREAM,
    WARREN
  }

  /** A variable of a section; the value is Warren's, where it is written down. */
  record Row(String name, Where where, Optional<String> value) {
    boolean isWarrens() {
      return where != Where.UPSTREAM;
    }

    private static Row parse(String text) {
      Where where =
          switch (text.charAt(0)) {
            case '-' -> Where.UPSTREAM;
            case '+' -> Where.WARREN;
            case '~' -> Where.OTHER_VALUE;
            default -> Where.BOTH;
          };
      String[] parts = text.replaceFirst("^[-+~] ", "").split("=", 2);
      return new Row(parts[0], where, parts.length == 2 ? Optional.of(parts[1]) : Optional.empty());
    }
  }

  static UpstreamTable read() throws IOException {
    Map<String, List<Row>> sections = new LinkedHashMap<>();
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(FILE)) {
      if (line.startsWith("[")) {
        rows = new ArrayList<>();
        sections.put(line.substring(1, line.length() - 1), rows);
      } else if (line.startsWith("= ")) {
        rows.addAll(Objects.requireNonNull(sections.get(line.substring(2)), line));
      } else if (line.matches("[A-Z].* .*")) {
        for (String name : line.split(" ", -1)) {
          rows.add(Row.parse(name));
        }
      } else if (!line.isBlank() && !line.startsWith("#")) {
        rows.add(Row.parse(line));
      }
    }
    return new UpstreamTable(sections);
  }

  List<Row> section(String name) {
    return Objects.requireNonNull(sections.get(name), "a section " + name);
  }

  /** The names of a section's variables. */
  Set<String> names(String section) {
    Set<String> names = new TreeSet<>();
    section(section).forEach(row -> names.add(row.name()));
    return names;
  }

  /** All that differ, whatever the testenv. */
  Set<String> differing() {
    Set<String> names = new TreeSet<>();
    sections
        .values()
        .forEach(
            rows ->
                rows.stream()
                    .filter(row -> row.where() != Where.BOTH)
                    .forEach(row -> names.add(row.name())));
    return names;
  }
}
