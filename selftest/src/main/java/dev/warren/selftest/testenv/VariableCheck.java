package dev.warren.selftest.testenv;

import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.Spelling;
import dev.warren.selftest.testenv.Template.Reference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks that every reference of every template leads to a value. What several testenvs inherit is
 * reported once, with their names.
 */
final class VariableCheck {
  private final Catalogue catalogue;
  private final Problems problems;
  private final Map<Place, Set<String>> unknown = new LinkedHashMap<>();

  /** A mistake in a template. */
  private record Place(Position position, String message) {}

  VariableCheck(Catalogue catalogue, Problems problems) {
    this.catalogue = catalogue;
    this.problems = problems;
  }

  void check() {
    catalogue.environment().values().forEach(this::checkInClient);
    catalogue.none().values().forEach(this::checkInClient);
    for (FileTemplate file : catalogue.client().files()) {
      checkInClient(file.path());
      checkInClient(file.text());
    }
    for (TestenvDefinition testenv : catalogue.testenvs().values()) {
      templates(testenv).forEach(template -> template.references().forEach(r -> check(testenv, r)));
      cycles(testenv);
    }
    unknown.forEach(
        (place, testenvs) ->
            problems.add(
                place.position, place.message + " (in " + String.join(", ", testenvs) + ")"));
  }

  private void checkInClient(Template template) {
    Set<String> known = new TreeSet<>(Predefined.IN_CLIENT);
    catalogue.buildTree().ifPresent(_ -> known.add(Predefined.BUILD_TREE));
    for (Reference reference : template.references()) {
      String name = reference.variable().toString();
      if (!known.contains(name)) {
        problems.add(
            reference.position(),
            "unknown variable \"%s\"%s; known here: %s"
                .formatted(name, Spelling.hint(name, known), String.join(", ", known)));
      }
    }
  }

  private static List<Template> templates(TestenvDefinition testenv) {
    List<Template> templates = new ArrayList<>(testenv.variables().values());
    templates.addAll(testenv.zones());
    for (FileTemplate file : testenv.files()) {
      templates.add(file.path());
      templates.add(file.text());
    }
    for (Service service : testenv.services()) {
      if (service instanceof Service.Daemon daemon) {
        daemon.log().ifPresent(templates::add);
      }
    }
    for (Export export : testenv.exports().values()) {
      if (export instanceof Export.Value(Template template)) {
        templates.add(template);
      }
    }
    return templates;
  }

  private void check(TestenvDefinition testenv, Reference reference) {
    VariableName variable = reference.variable();
    if (variable.testenv().isEmpty()) {
      Set<String> known = new HashSet<>(testenv.variables().keySet());
      known.addAll(Predefined.IN_TESTENVS);
      if (testenv.fromBackup()) {
        known.addAll(Predefined.IN_BACKUPS);
      }
      catalogue.buildTree().ifPresent(_ -> known.add(Predefined.BUILD_TREE));
      if (!known.contains(variable.name())) {
        unknown(testenv, reference, "unknown variable", known);
      }
      return;
    }
    String owner = variable.testenv().get();
    TestenvDefinition other = catalogue.testenvs().get(owner);
    if (!testenv.needNames().contains(owner)) {
      unknown(
          testenv,
          reference,
          "\"%s\" is not among the needs, but here is".formatted(owner),
          Set.of());
    } else if (other != null && !other.exports().containsKey(variable.name())) {
      Collection<String> exported =
          other.exports().keySet().stream().map(name -> owner + "." + name).toList();
      unknown(testenv, reference, "unknown variable", exported);
    }
  }

  private void unknown(
      TestenvDefinition testenv, Reference reference, String what, Collection<String> known) {
    String name = reference.variable().toString();
    String message = "%s \"%s\"%s".formatted(what, name, Spelling.hint(name, known));
    unknown
        .computeIfAbsent(new Place(reference.position(), message), _ -> new TreeSet<>())
        .add(testenv.name());
  }

  private void cycles(TestenvDefinition testenv) {
    Set<String> done = new HashSet<>();
    testenv.variables().keySet().forEach(name -> follow(testenv, name, new ArrayList<>(), done));
  }

  private void follow(TestenvDefinition testenv, String name, List<String> path, Set<String> done) {
    Template template = testenv.variables().get(name);
    if (template == null || done.contains(name)) {
      return;
    }
    path.add(name);
    for (Reference reference : template.references()) {
      String next = reference.variable().toString();
      int start = path.indexOf(next);
      if (start >= 0) {
        problems.add(
            reference.position(),
            "variables refer to each other: %s -> %s"
                .formatted(String.join(" -> ", path.subList(start, path.size())), next));
      } else {
        follow(testenv, next, path, done);
      }
    }
    path.removeLast();
    done.add(name);
  }
}
