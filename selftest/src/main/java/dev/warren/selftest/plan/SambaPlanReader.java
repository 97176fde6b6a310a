package dev.warren.selftest.plan;

import dev.warren.lab.source.BadInputException;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.Spelling;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
  private final PlanRules rules;
  private final Problems problems = new Problems();
  private final List<Suite> suites = new ArrayList<>();
  private final Map<String, Suite> byName = new HashMap<>();
  private int next;

  private SambaPlanReader(String file, List<String> lines, PlanRules rules) {
    this.file = file;
    this.lines = lines;
    this.rules = rules;
  }

  /**
   * Reads a plan from a file.
   *
   * @throws BadInputException with all mistakes of the plan, also that there is no such file
   */
  public static Plan read(Path file, PlanRules rules) throws BadInputException {
    Problems problems = new Problems();
    try {
      return parse(file.toString(), Files.readString(file), rules);
    } catch (NoSuchFileException e) {
      problems.add(Position.of(file.toString()), "there is no such plan");
    } catch (MalformedInputException e) {
      problems.add(Position.of(file.toString()), "the plan is not UTF-8");
    } catch (IOException e) {
      problems.add(Position.of(file.toString()), "the plan cannot be read: " + e.getMessage());
    }
    throw new BadInputException(problems.list());
  }

  /**
   * Reads a plan from text.
   *
   * @param file what problems call the text
   * @throws BadInputException with all mistakes of the plan
   */
  public static Plan parse(String file, String text, PlanRules rules) throws BadInputException {
    return new SambaPlanReader(file, text.lines().toList(), rules).read();
  }

  private Plan read() throws BadInputException {
    while (next < lines.size()) {
      switch (lines.get(next).stripTrailing()) {
        case TEST -> entry(List.of("name", "testenv", "command"));
        case LOADLIST -> entry(List.of("name", "testenv", "listing command", "command"));
        default -> next++;
      }
    }
    problems.throwIfAny();
    return new Plan(suites);
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
    Position position = new Position(file, nameLine, 1);
    Position testenvPosition = new Position(file, nameLine + 1, 1);
    String name = value(values, "name");
    Optional<TestenvChoice> testenv = testenv(value(values, "testenv"), testenvPosition);
    Suite suite =
        new Suite(
            name,
            testenv.orElse(new TestenvChoice(TestenvChoice.NONE, TestenvChoice.Side.CLIENT)),
            SuiteCommand.parse(value(values, "command")),
            Optional.ofNullable(values.get("listing command")).map(SuiteCommand::parse),
            SuiteSettings.USUAL,
            position);
    Suite first = byName.putIfAbsent(name, suite);
    if (first != null && !rules.duplicatesAllowed()) {
      problems.add(
          position,
          "the suite \"%s\" is there twice: first in line %d"
              .formatted(name, first.position().line()));
    }
    suites.add(suite);
  }

  private static String value(Map<String, String> values, String field) {
    return values.getOrDefault(field, "");
  }

  private Optional<TestenvChoice> testenv(String text, Position position) {
    Optional<TestenvChoice> choice = TestenvChoice.parse(text);
    if (choice.isEmpty()) {
      problems.add(
          position,
          "\"%s\" is no testenv: NAME, NAME:client, NAME:local or none is expected"
              .formatted(text));
      return choice;
    }
    String name = choice.get().testenv();
    Set<String> known = rules.testenvs().orElse(Set.of(name));
    if (!choice.get().isNone() && !known.contains(name)) {
      problems.add(
          position, "unknown testenv \"%s\"%s".formatted(name, Spelling.hint(name, known)));
    }
    return choice;
  }
}
