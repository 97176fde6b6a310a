package dev.warren.selftest.plan;

import dev.warren.lab.source.BadInputException;
import dev.warren.lab.source.Fields;
import dev.warren.lab.source.MappingNode;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import dev.warren.lab.source.Spelling;
import dev.warren.lab.source.YamlFile;
import dev.warren.lab.source.YamlNode;
import dev.warren.selftest.results.ResultFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads plans in Warren's own format:
 *
 * <pre>{@code
 * summary: What a web server must do    # for people
 * defaults:                             # what suites have that say nothing else
 *   testenv: web
 *   format: tap
 *   timeout: 60s
 * suites:
 *   - name: front page
 *     command: sh "$CATALOGUE/suites/front.t"
 *   - {name: config, testenv: "web:local", command: nginx -t, format: exit-code, tags: [fast]}
 * }</pre>
 *
 * <p>Mappings ({@code variables}) are merged with those of the defaults, all else replaces them.
 */
public final class YamlPlanReader {
  private static final Map<String, ResultFormat> FORMATS = formats();
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

  /** A name is a line of a subunit stream and of lists of suites. */
  private static final Pattern NAME = Pattern.compile("\\S(\\P{Cntrl}*\\S)?");

  /** What makes no sense as a default. */
  private static final List<String> OWN_KEYS = List.of("name", "command", "list");

  private final Problems problems;

  private YamlPlanReader(Problems problems) {
    this.problems = problems;
  }

  private static Map<String, ResultFormat> formats() {
    Map<String, ResultFormat> formats = new LinkedHashMap<>();
    formats.put("subunit", ResultFormat.SUBUNIT);
    formats.put("subunit2", ResultFormat.SUBUNIT2);
    formats.put("tap", ResultFormat.TAP);
    formats.put("junit", ResultFormat.JUNIT_XML);
    formats.put("exit-code", ResultFormat.EXIT_CODE);
    return formats;
  }

  /** The name that plans have for a format. */
  public static String nameOf(ResultFormat format) {
    return FORMATS.entrySet().stream()
        .filter(entry -> entry.getValue() == format)
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  /**
   * Reads a plan from text.
   *
   * @param file what problems call the text
   * @throws BadInputException with all mistakes of the plan
   */
  public static Plan parse(String file, String text, PlanRules rules) throws BadInputException {
    Problems problems = new Problems();
    List<Suite> suites =
        YamlFile.parse(file, text, problems)
            .map(node -> new YamlPlanReader(problems).suites(node))
            .orElse(List.of());
    PlanCheck.check(suites, rules, problems);
    problems.throwIfAny();
    return new Plan(suites);
  }

  /** The suites of a file that can be made out; reports all mistakes of the format. */
  static List<Suite> read(Path file, Problems problems) {
    return YamlFile.read(file, problems)
        .map(node -> new YamlPlanReader(problems).suites(node))
        .orElse(List.of());
  }

  private List<Suite> suites(YamlNode node) {
    Fields plan = Fields.of(node, problems);
    plan.require("suites");
    plan.text("summary");
    MappingNode defaults =
        plan.fields("defaults").map(this::defaults).orElse(MappingNode.empty(node.position()));
    List<Suite> suites = new ArrayList<>();
    for (YamlNode item : plan.items("suites")) {
      if (item instanceof MappingNode written) {
        suite(Fields.of(written.over(defaults), problems)).ifPresent(suites::add);
      } else {
        // Said by the fields, as everywhere.
        Fields.of(item, problems);
      }
    }
    plan.done();
    return suites;
  }

  /** The defaults, without what cannot be one. */
  private MappingNode defaults(Fields defaults) {
    // Read for their mistakes, once and not for each suite: the values are read again with those.
    settings(defaults);
    testenv(defaults);
    defaults.done();
    return new MappingNode(
        defaults.node().position(),
        defaults.node().entries().stream()
            .filter(entry -> !OWN_KEYS.contains(entry.name()))
            .toList());
  }

  private Optional<Suite> suite(Fields suite) {
    suite.require(OWN_KEYS.get(0), OWN_KEYS.get(1));
    Optional<String> name = suite.scalar("name").flatMap(this::name);
    Optional<String> command = suite.scalar("command").flatMap(this::command);
    Optional<String> listing = suite.scalar("list").flatMap(this::command);
    SuiteSettings settings = settings(suite);
    boolean failOnEmpty = suite.flag("fail-on-empty").orElse(false);
    TestenvChoice testenv = testenv(suite);
    suite.done();
    return name.flatMap(
        n ->
            command.map(
                c ->
                    new Suite(
                        n,
                        testenv,
                        named(c, n, settings.format(), failOnEmpty),
                        listing.map(l -> named(l, n, settings.format(), failOnEmpty)),
                        settings,
                        List.of(),
                        suite.position("name"),
                        suite
                            .value("testenv")
                            .map(YamlNode::position)
                            .orElse(suite.position("name")))));
  }

  private TestenvChoice testenv(Fields suite) {
    return suite
        .scalar("testenv")
        .filter(node -> node.text(problems).isPresent())
        .map(node -> TestenvChoice.read(node.value(), node.position(), problems))
        .orElse(new TestenvChoice(TestenvChoice.NONE, TestenvChoice.Side.CLIENT));
  }

  /** A command whose tests are called {@code SUITE.TEST}, unless it pipes into a filter itself. */
  private static SuiteCommand named(
      String text, String suite, ResultFormat format, boolean failOnEmpty) {
    SuiteCommand command = SuiteCommand.parse(text);
    if (command.filter().isPresent()) {
      return command;
    }
    // The one test of an exit code is the suite.
    ShellWord prefix =
        format == ResultFormat.EXIT_CODE ? ShellWord.EMPTY : ShellWord.literal(suite + ".");
    return new SuiteCommand(
        command.shell(), Optional.of(FilterCall.naming(prefix, ShellWord.EMPTY, failOnEmpty)));
  }

  private SuiteSettings settings(Fields suite) {
    ResultFormat format =
        suite.scalar("format").flatMap(this::format).orElse(ResultFormat.EXIT_CODE);
    Optional<Duration> limit = suite.scalar("timeout").flatMap(this::limit);
    Optional<String> directory = suite.scalar("directory").flatMap(this::plain);
    Map<String, String> variables = new LinkedHashMap<>();
    for (MappingNode.Entry entry : suite.entries("variables")) {
      variable(entry).ifPresent(value -> variables.put(entry.name(), value));
    }
    Set<String> tags = new TreeSet<>();
    for (ScalarNode tag : suite.scalars("tags")) {
      if (TAG.matcher(tag.value()).matches()) {
        tags.add(tag.value());
      } else {
        problems.add(
            tag, "\"%s\" is no tag: letters, digits, _, - and . are".formatted(tag.value()));
      }
    }
    suite.flag("fail-on-empty");
    return new SuiteSettings(format, limit, directory, variables, tags);
  }

  private Optional<ResultFormat> format(ScalarNode node) {
    Optional<ResultFormat> format = Optional.ofNullable(FORMATS.get(node.value()));
    if (format.isEmpty()) {
      problems.add(
          node,
          "unknown format \"%s\"%s; there are %s"
              .formatted(
                  node.value(),
                  Spelling.hint(node.value(), FORMATS.keySet()),
                  String.join(", ", FORMATS.keySet())));
    }
    return format;
  }

  private Optional<Duration> limit(ScalarNode node) {
    Optional<Duration> limit = node.duration(problems);
    if (limit.filter(Duration::isPositive).isEmpty() && limit.isPresent()) {
      problems.add(node, "a suite needs some time to run in");
    }
    return limit.filter(Duration::isPositive);
  }

  private Optional<String> variable(MappingNode.Entry entry) {
    if (!VARIABLE.matcher(entry.name()).matches()) {
      problems.add(
          entry.key(),
          "\"%s\" cannot be the name of a variable of the shell".formatted(entry.name()));
    }
    if (entry.value() instanceof ScalarNode value) {
      return value.isNull() ? Optional.of("") : plain(value);
    }
    problems.add(entry.value(), "a text is expected, but this is " + entry.value().kind());
    return Optional.empty();
  }

  private Optional<String> name(ScalarNode node) {
    Optional<String> name = node.text(problems);
    if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
      problems.add(node, "the name of a suite is one line, with neither blank at its ends");
      return Optional.empty();
    }
    return name;
  }

  private Optional<String> command(ScalarNode node) {
    Optional<String> command = plain(node);
    if (command.filter(String::isBlank).isPresent()) {
      problems.add(node, "there is no command");
      return Optional.empty();
    }
    return command;
  }

  /** A text that can be handed to a process. */
  private Optional<String> plain(ScalarNode node) {
    Optional<String> text = node.text(problems);
    if (text.isPresent() && text.get().indexOf('\0') >= 0) {
      problems.add(
          node.positionOf(text.get().indexOf('\0')), "the character U+0000 is not allowed");
      return Optional.empty();
    }
    return text;
  }
}
