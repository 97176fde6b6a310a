package dev.warren.selftest.verdict;

import dev.warren.lab.source.BadInputException;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * A list of tests by regular expressions, as Samba's {@code knownfail} and {@code flapping} files
 * hold: one a line, {@code regex # reason}. The expressions are Python's.
 */
public record FailurePatterns(List<FailurePattern> patterns) {

  /** No test at all. */
  public static final FailurePatterns NONE = new FailurePatterns(List.of());

  /** Copies the list. */
  public FailurePatterns {
    patterns = List.copyOf(patterns);
  }

  /** The first pattern that speaks of this test. */
  public Optional<FailurePattern> find(String id) {
    return patterns.stream().filter(pattern -> pattern.matches(id)).findFirst();
  }

  /**
   * Reads files, and of folders every file whose name does not end in {@code ~}.
   *
   * @throws BadInputException with all that is wrong in any of them
   */
  public static FailurePatterns read(List<Path> filesAndFolders) throws BadInputException {
    Problems problems = new Problems();
    List<FailurePattern> patterns = new ArrayList<>();
    for (Path path : filesAndFolders) {
      try {
        for (Path file : files(path)) {
          parse(file.toString(), Files.readString(file), patterns, problems);
        }
      } catch (CharacterCodingException e) {
        problems.add(Position.of(path.toString()), "the list is not in UTF-8");
      } catch (NoSuchFileException e) {
        problems.add(Position.of(path.toString()), "there is no such file");
      } catch (IOException e) {
        problems.add(Position.of(path.toString()), "the list cannot be read: " + e.getMessage());
      }
    }
    problems.throwIfAny();
    return new FailurePatterns(patterns);
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith("~"))
          .sorted()
          .toList();
    }
  }

  private static void parse(
      String file, String text, List<FailurePattern> patterns, Problems problems) {
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      int hash = line.indexOf('#');
      String expression = (hash < 0 ? line : line.substring(0, hash)).strip();
      if (expression.isEmpty()) {
        continue;
      }
      String reason = hash < 0 ? "" : line.substring(hash + 1).strip();
      int start = line.indexOf(expression);
      try {
        patterns.add(
            new FailurePattern(
                PythonExpression.compile(expression),
                reason,
                new Position(file, number, start + 1)));
      } catch (PatternSyntaxException e) {
        problems.add(
            new Position(file, number, start + 1 + Math.max(0, e.getIndex())),
            "\"%s\" is no regular expression: %s".formatted(expression, e.getDescription()));
      }
    }
  }
}
