package dev.warren.selftest.debug;

import dev.warren.lab.source.BadInputException;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.Spelling;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.Service;
import dev.warren.selftest.testenv.Step;
import dev.warren.selftest.testenv.TestenvDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A service that is to run under a tool.
 *
 * @param testenv where it is; empty for every testenv that has one of that name
 * @param service its name
 */
public record DebugChoice(Optional<String> testenv, String service, DebugTool tool) {
  /** So many times longer probes may take, and the steps that come after the services. */
  private static final int PATIENCE = 10;

  /** An exec that starts a program, somewhere in a script. */
  private static final Pattern EXEC = Pattern.compile("\\bexec\\s+[^-0-9<>&\\s]");

  /**
   * Reads {@code [TESTENV/]SERVICE[:gdb|:valgrind]}.
   *
   * @param source what the text is, for problems: {@code --debug}
   */
  public static DebugChoice parse(String text, String source) throws BadInputException {
    Problems problems = new Problems();
    int colon = text.indexOf(':');
    String tool = colon < 0 ? DebugTool.GDB.program() : text.substring(colon + 1);
    String name = colon < 0 ? text : text.substring(0, colon);
    int slash = name.indexOf('/');
    List<String> tools = Arrays.stream(DebugTool.values()).map(DebugTool::program).toList();
    if (!tools.contains(tool)) {
      problems.add(
          Position.of(source),
          "no tool \"%s\", only %s%s"
              .formatted(tool, String.join(" and ", tools), Spelling.hint(tool, tools)));
    }
    String service = name.substring(slash + 1);
    if (service.isEmpty() || slash == 0) {
      problems.add(
          Position.of(source),
          "[TESTENV/]SERVICE[:gdb|:valgrind] is expected, but this is \"%s\"".formatted(text));
    }
    problems.throwIfAny();
    return new DebugChoice(
        slash < 0 ? Optional.empty() : Optional.of(name.substring(0, slash)),
        service,
        DebugTool.valueOf(tool.toUpperCase(Locale.ROOT)));
  }

  /**
   * The catalogue with that service under the tool: its script is changed, and its testenv's probes
   * have more time.
   *
   * @param used the testenvs that are going to be set up, without those that they need
   * @param source what said so, for problems
   * @throws BadInputException when none of them, or of what they need, has that service
   */
  public Catalogue in(Catalogue catalogue, Collection<String> used, String source)
      throws BadInputException {
    Problems problems = new Problems();
    Map<String, TestenvDefinition> testenvs = new LinkedHashMap<>(catalogue.testenvs());
    Collection<String> others = new TreeSet<>();
    boolean found = false;
    for (TestenvDefinition definition : catalogue.withNeeds(used)) {
      for (Service service : definition.services()) {
        if (!isMeant(definition, service)) {
          others.add(
              testenv.isPresent() ? definition.name() + "/" + service.name() : service.name());
        } else if (service instanceof Service.Daemon daemon
            && EXEC.matcher(daemon.script()).find()) {
          testenvs.put(definition.name(), debugged(definition));
          found = true;
        } else {
          problems.add(
              Position.of(source),
              "service \"%s\" of testenv %s starts no program by exec: it cannot run under %s"
                  .formatted(service.name(), definition.name(), tool.program()));
        }
      }
    }
    if (!found && problems.isEmpty()) {
      String name = testenv.map(where -> where + "/").orElse("") + service;
      problems.add(
          Position.of(source),
          "no testenv that is to be set up has a service \"%s\", only %s%s"
              .formatted(name, String.join(", ", others), Spelling.hint(name, others)));
    }
    problems.throwIfAny();
    return new Catalogue(
        catalogue.folder(),
        catalogue.summary(),
        catalogue.network(),
        catalogue.client(),
        catalogue.suiteFolder(),
        catalogue.suiteUmask(),
        catalogue.environment(),
        catalogue.none(),
        catalogue.buildTree(),
        testenvs);
  }

  private boolean isMeant(TestenvDefinition definition, Service candidate) {
    return candidate.name().equals(service) && testenv.map(definition.name()::equals).orElse(true);
  }

  private TestenvDefinition debugged(TestenvDefinition definition) {
    List<Service> services = new ArrayList<>();
    for (Service candidate : definition.services()) {
      services.add(
          candidate instanceof Service.Daemon daemon
              ? new Service.Daemon(
                  daemon.name(),
                  isMeant(definition, daemon) ? tool.prologue() + daemon.script() : daemon.script(),
                  daemon.log(),
                  patient(daemon.ready()))
              : candidate);
    }
    return new TestenvDefinition(
        definition.name(),
        definition.aliases(),
        definition.summary(),
        definition.fromBackup(),
        definition.needs(),
        definition.packages(),
        definition.requires(),
        definition.host(),
        definition.zones(),
        definition.variables(),
        definition.files(),
        definition.provision(),
        services,
        patient(definition.finish()),
        definition.exports(),
        definition.position());
  }

  private static List<Step> patient(List<Step> steps) {
    return steps.stream()
        .map(
            step ->
                new Step(
                    step.name(),
                    step.script(),
                    step.timeout().multipliedBy(PATIENCE),
                    step.side(),
                    step.always()))
        .toList();
  }
}
