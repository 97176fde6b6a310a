package dev.warren.selftest.plan;

import dev.warren.lab.source.BadInputException;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the format in which Samba's {@code tests.py} print their suites.
 *
 * <pre>
 * -- TEST --            -- TEST-LOADLIST --
 * NAME                  NAME
 * TESTENV               TESTENV
 * COMMAND               COMMAND THAT LISTS THE TESTS
 *                       COMMAND
 * </pre>
 *
 * Every line outside of an entry is a comment.
 */
public final class SambaPlanReader {
  private static final String TEST = "-- TEST --";
  private static final String LOADLIST = "-- TEST-LOADLIST --";

  private final String file;
  private final List<String> lines;
  private final Consumer<String> comments;
  private final Problems problems;
  private final List<Suite> suites = new ArrayList<>();
  private int next;

  private SambaPlanReader(
      String file, List<String> lines, Consumer<String> comments, Problems problems) {
    this.file = file;
    this.lines = lines;
    this.comments = comments;
    this.problems = problems;
  }

  /**
   * Reads a plan from a file.
   *
   * @throws BadInputException with all mistakes of the plan, also that there is no such file
   */
  public static Plan read(Path file, PlanRules rules) throws BadInputException {
    Problems problems = new Problems();
    List<Suite> suites =
        PlanFile.text(file, problems)
            .map(text -> suites(file.toString(), text, _ -> {}, problems))
            .orElse(List.of());
    return checked(suites, rules, problems);
  }

  /**
   * Reads a plan from text.
   *
   * @param file what problems call the text
   * @throws BadInputException with all mistakes of the plan
   */
  public static Plan parse(String file, String text, PlanRules rules) throws BadInputException {
    Problems problems = new Problems();
    return checked(suites(file, text, _ -> {}, problems), rules, problems);
  }

  private static Plan checked(List<Suite> suites, PlanRules rules, Problems problems)
      throws BadInputException {
    PlanCheck.check(suites, rules, problems);
    problems.throwIfAny();
    return new Plan(suites);
  }

  /**
   * The suites that can be made out; reports all mistakes of the format.
   *
   * @param comments is told the lines outside of entries
   */
  static List<Suite> suites(
      String file, String text, Consumer<String> comments, Problems problems) {
    return new SambaPlanReader(file, text.lines().toList(), comments, problems).read();
  }

  private List<Suite> read() {
    while (next < lines.size()) {
      switch (lines.get(next).stripTrailing()) {
        case TEST -> entry(List.of("name", "testenv", "command"));
        case LOADLIST -> entry(List.of("name", "testenv", "listing command", "command"));
        default -> comments.accept(lines.get(next++));
      }
    }
    return suites;
  }

  /** Reads the entry whose first line is the next one. */
  private void entry(List<String> fields) {
    int start = next + 1;
    next++;
    Map<String, String> values = new HashMap<>();
    for (String field : fields) {
      String line = next < lines.size() ? lines.get(next).strip() : "";
      if (line.isEmpty() || line.equals(TEST) || line.equals(LOADLIST)) {
        problems.add(
            new Position(file, Math.min(next + 1, lines.size()), 1),
            "the %s is missing: the entry that starts in line %d needs %s, a line each"
                .formatted(field, start, String.join(", ", fields)));
        return;
      }
      values.put(field, line);
      next++;
    }
    add(values, start + 1);
  }

  private void add(Map<String, String> values, int nameLine) {
    Position testenvPosition = new Position(file, nameLine + 1, 1);
    suites.add(
        new Suite(
            value(values, "name"),
            TestenvChoice.read(value(values, "testenv"), testenvPosition, problems),
            SuiteCommand.parse(value(values, "command")),
            Optional.ofNullable(values.get("listing command")).map(SuiteCommand::parse),
            SuiteSettings.USUAL,
            List.of(),
            new Position(file, nameLine, 1),
            testenvPosition));
  }

  private static String value(Map<String, String> values, String field) {
    return values.getOrDefault(field, "");
  }
}
