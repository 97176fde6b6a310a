package dev.warren.lab.source;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Mistakes for editors and other programs. */
public final class ProblemsJson {

  private ProblemsJson() {}

  /**
   * As the text of a JSON list of {@code {file, line, column, message}}, where line and column
   * count from 1 and are missing for a file as a whole.
   */
  public static String of(List<Problem> problems) {
    ArrayNode list = JsonMapper.builder().build().createArrayNode();
    for (Problem problem : problems) {
      ObjectNode entry = list.addObject();
      Position position = problem.position();
      entry.put("file", position.file());
      if (position.line() > 0) {
        entry.put("line", position.line());
      }
      if (position.column() > 0) {
        entry.put("column", position.column());
      }
      entry.put("message", problem.message());
    }
    return list.toPrettyString();
  }
}
