package dev.warren.selftest.choice;

import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A list of suites by regular expressions, as Samba's {@code skip}, {@code slow} and {@code quick}
 * files hold: one a line, {@code regex # reason}, found anywhere in the name, in upper and lower
 * case as written. A {@code #} begins the reason behind white space only, for it is a part of some
 * names.
 */
public final class SuitePatterns {
  private static final Pattern LINE = Pattern.compile("(.*?)(?:[ \\t]+#[ \\t]*(.*))?");

  private final List<Entry> entries;

  private record Entry(Pattern pattern, String reason) {}

  private SuitePatterns(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /** Reads files, one after the other; reports all that is wrong in any of them. */
  public static SuitePatterns read(List<Path> files, Problems problems) {
    List<Entry> entries = new ArrayList<>();
    for (Path file : files) {
      parse(file.toString(), lines(file, problems), entries, problems);
    }
    return new SuitePatterns(entries);
  }

  /** Reads text; {@code file} is what problems call it. */
  static SuitePatterns parse(String file, String text, Problems problems) {
    List<Entry> entries = new ArrayList<>();
    parse(file, text.lines().toList(), entries, problems);
    return new SuitePatterns(entries);
  }

  private static void parse(
      String file, List<String> lines, List<Entry> entries, Problems problems) {
    int number = 0;
    for (String line : lines) {
      number++;
      Matcher matcher = LINE.matcher(line.stripTrailing());
      if (line.startsWith("#") || !matcher.matches() || matcher.group(1).isBlank()) {
        continue;
      }
      String expression = matcher.group(1);
      String reason = Optional.ofNullable(matcher.group(2)).orElse("");
      try {
        entries.add(new Entry(Pattern.compile(expression), reason));
      } catch (PatternSyntaxException e) {
        problems.add(
            new Position(file, number, 1 + Math.max(0, e.getIndex())),
            "\"%s\" is no regular expression: %s".formatted(expression, e.getDescription()));
      }
    }
  }

  /** The lines of a file of suites; none, and reported, when it cannot be read. */
  static List<String> lines(Path file, Problems problems) {
    Position whole = Position.of(file.toString());
    try {
      return Files.readString(file).lines().toList();
    } catch (NoSuchFileException e) {
      problems.add(whole, "there is no such file");
    } catch (MalformedInputException e) {
      problems.add(whole, "the list is not UTF-8");
    } catch (IOException e) {
      problems.add(whole, "the list cannot be read: " + e.getMessage());
    }
    return List.of();
  }

  /** The reason of the first entry that is found in a name, empty where it gives none. */
  public Optional<String> find(String name) {
    return entries.stream()
        .filter(entry -> entry.pattern().matcher(name).find())
        .map(Entry::reason)
        .findFirst();
  }
}
