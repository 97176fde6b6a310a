package dev.warren.selftest.choice;

import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import dev.warren.selftest.plan.FilterCall;
import dev.warren.selftest.plan.Suite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A list of single tests, one a line, by the full ids under which a run tells them, and of whole
 * suites by their names.
 *
 * <p>A test belongs to the suite whose command gives its tests the prefix and the suffix that the
 * id has: {@code samba.tests.dns.} and {@code (ad_dc)} of {@code samba.tests.dns.Test.test(ad_dc)}.
 * Where several do, it is the one with the longest; several of the same length all have it.
 */
public final class SingleTests {
  private final List<Line> lines;

  private record Line(String text, Position position) {}

  /** How the ids of a suite's tests look. */
  private record Form(Suite suite, String start, Pattern pattern, int weight) {
    static Form of(Suite suite, FilterCall call) {
      return new Form(
          suite,
          call.prefix().literalStart(),
          Pattern.compile(call.prefix().regex() + ".+?" + call.suffix().regex(), Pattern.DOTALL),
          call.prefix().literalLength() + call.suffix().literalLength());
    }

    boolean matches(String id) {
      return id.startsWith(start) && pattern.matcher(id).matches();
    }
  }

  private SingleTests(List<Line> lines) {
    this.lines = List.copyOf(lines);
  }

  /** Reads files; what cannot be read is reported. Empty lines count for nothing. */
  public static SingleTests read(List<Path> files, Problems problems) {
    List<Line> lines = new ArrayList<>();
    for (Path file : files) {
      add(file.toString(), SuitePatterns.lines(file, problems), lines);
    }
    return new SingleTests(lines);
  }

  /** Reads text; {@code file} is what problems call it. */
  static SingleTests parse(String file, String text) {
    List<Line> lines = new ArrayList<>();
    add(file, text.lines().toList(), lines);
    return new SingleTests(lines);
  }

  private static void add(String file, List<String> texts, List<Line> lines) {
    int number = 0;
    for (String text : texts) {
      number++;
      if (!text.isBlank()) {
        lines.add(new Line(text.strip(), new Position(file, number, 1)));
      }
    }
  }

  /**
   * The suites that have a test in the list, in the order of the plan, each with those tests of it.
   * A suite that is named itself, or cannot run single tests, has all.
   *
   * @param suites all of the plan: a line that none of them has is reported
   */
  public List<Suite> of(List<Suite> suites, Problems problems) {
    Map<Suite, Set<String>> picked = pick(suites, problems);
    List<Suite> result = new ArrayList<>();
    for (Suite suite : suites) {
      Optional.ofNullable(picked.get(suite))
          .map(ids -> suite.withTests(runsWhole(suite, ids) ? List.of() : List.copyOf(ids)))
          .ifPresent(result::add);
    }
    return result;
  }

  /** Whether a suite with these lines of the list runs all its tests. */
  private static boolean runsWhole(Suite suite, Set<String> ids) {
    return ids.contains(suite.name()) || suite.listing().isEmpty();
  }

  /**
   * Those of the chosen suites that run whole although only single tests of them are in the list:
   * their commands can do no better.
   */
  public List<Suite> unable(List<Suite> chosen) {
    Set<String> named = lines.stream().map(Line::text).collect(Collectors.toSet());
    return chosen.stream()
        .filter(suite -> suite.listing().isEmpty() && !named.contains(suite.name()))
        .toList();
  }

  private Map<Suite, Set<String>> pick(List<Suite> suites, Problems problems) {
    Map<String, List<Suite>> byName = new HashMap<>();
    List<Form> forms = new ArrayList<>();
    for (Suite suite : suites) {
      byName.computeIfAbsent(suite.name(), _ -> new ArrayList<>()).add(suite);
      suite.command().filter().ifPresent(call -> forms.add(Form.of(suite, call)));
    }
    forms.sort(Comparator.comparingInt(Form::weight).reversed());
    Map<Suite, Set<String>> picked = new HashMap<>();
    for (Line line : lines) {
      List<Suite> having = new ArrayList<>(byName.getOrDefault(line.text(), List.of()));
      if (having.isEmpty()) {
        having = closest(line.text(), forms);
      }
      if (having.isEmpty()) {
        problems.add(
            line.position(),
            "no suite of the plan is or has \"%s\": ids are those that a run tells,"
                    .formatted(line.text())
                + " and that `--list --tests` prints");
      }
      having.forEach(
          suite -> picked.computeIfAbsent(suite, _ -> new LinkedHashSet<>()).add(line.text()));
    }
    return picked;
  }

  /** The suites whose tests may have this id; {@code forms} has the longest first. */
  private static List<Suite> closest(String id, List<Form> forms) {
    int best = 1;
    List<Suite> suites = new ArrayList<>();
    for (Form form : forms) {
      if (form.weight() < best) {
        break;
      }
      if (form.matches(id)) {
        best = form.weight();
        suites.add(form.suite());
      }
    }
    return suites;
  }
}
