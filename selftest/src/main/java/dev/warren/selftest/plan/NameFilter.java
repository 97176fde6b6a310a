package dev.warren.selftest.plan;

import dev.warren.lab.source.BadInputException;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Chooses suites by regular expressions, found anywhere in the name, in either case. */
public final class NameFilter {
  /** Takes every name. */
  public static final NameFilter ALL = new NameFilter(List.of());

  private final List<Pattern> patterns;

  private NameFilter(List<Pattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /**
   * A filter that takes a name when one of the expressions is found in it; without expressions it
   * takes every name.
   *
   * @param source what problems call the place where the expressions come from
   * @throws BadInputException for expressions that are none, all of them
   */
  public static NameFilter of(List<String> expressions, String source) throws BadInputException {
    Problems problems = new Problems();
    List<Pattern> patterns = new ArrayList<>();
    for (String expression : expressions) {
      try {
        patterns.add(Pattern.compile(expression, Pattern.CASE_INSENSITIVE));
      } catch (PatternSyntaxException e) {
        problems.add(
            Position.of(source),
            "\"%s\" is no regular expression: %s".formatted(expression, e.getDescription()));
      }
    }
    problems.throwIfAny();
    return new NameFilter(patterns);
  }

  /** Whether the filter takes this name. */
  public boolean matches(String name) {
    return patterns.isEmpty()
        || patterns.stream().anyMatch(pattern -> pattern.matcher(name).find());
  }
}
