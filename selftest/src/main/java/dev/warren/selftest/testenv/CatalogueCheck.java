package dev.warren.selftest.testenv;

import dev.warren.lab.description.Fault;
import dev.warren.lab.description.InvalidLabException;
import dev.warren.lab.description.LabBuilder;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.Subject;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.Spelling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks how the definitions of a catalogue fit together. */
final class CatalogueCheck {
  private final Catalogue catalogue;
  private final Set<String> written;
  private final Problems problems;

  /**
   * A check of one catalogue.
   *
   * @param written the names of all definitions, those too that could not be read or are abstract
   */
  CatalogueCheck(Catalogue catalogue, Set<String> written, Problems problems) {
    this.catalogue = catalogue;
    this.written = written;
    this.problems = problems;
  }

  void check() {
    // Where all could be read, a definition that gave no testenv is an abstract one.
    boolean allRead = problems.isEmpty();
    for (TestenvDefinition testenv : catalogue.testenvs().values()) {
      needs(testenv, allRead);
      resolver(testenv);
      sides(testenv);
    }
    aliases();
    cycles();
    hosts();
    new VariableCheck(catalogue, problems).check();
  }

  private void needs(TestenvDefinition testenv, boolean allRead) {
    Set<String> seen = new HashSet<>();
    for (Need need : testenv.needs()) {
      if (!written.contains(need.testenv())) {
        problems.add(
            need.position(),
            "there is no testenv \"%s\"%s"
                .formatted(need.testenv(), Spelling.hint(need.testenv(), written)));
      } else if (allRead && !catalogue.testenvs().containsKey(need.testenv())) {
        problems.add(
            need.position(),
            "\"%s\" is abstract: it can be extended, not needed".formatted(need.testenv()));
      } else if (!seen.add(need.testenv())) {
        problems.add(need.position(), "\"%s\" is needed twice".formatted(need.testenv()));
      }
    }
  }

  /** Names that lead to one testenv each. */
  private void aliases() {
    Map<String, String> owners = new LinkedHashMap<>();
    for (TestenvDefinition testenv : catalogue.testenvs().values()) {
      for (Alias alias : testenv.aliases()) {
        String owner = owners.putIfAbsent(alias.name(), testenv.name());
        if (written.contains(alias.name())) {
          problems.add(alias.position(), "\"%s\" is a testenv itself".formatted(alias.name()));
        } else if (owner != null) {
          problems.add(
              alias.position(), "\"%s\" is an alias of %s already".formatted(alias.name(), owner));
        }
      }
    }
  }

  /** A host can only ask a testenv that is there whenever the host is. */
  private void resolver(TestenvDefinition testenv) {
    if (testenv.host().resolver() instanceof ResolverChoice.Testenv(String name, Position at)
        && !testenv.needNames().contains(name)) {
      problems.add(
          at,
          "the resolver \"%s\" is neither lab, self, an address, nor among the needs%s"
              .formatted(name, Spelling.hint(name, testenv.needNames())));
    }
  }

  /** A step can only run in a host that is there whenever the testenv is. */
  private void sides(TestenvDefinition testenv) {
    for (Step step : testenv.steps()) {
      if (step.side() instanceof Side.Other(String name, Position at)
          && !testenv.needNames().contains(name)) {
        problems.add(
            at,
            "\"%s\" is neither host, client, nor among the needs%s"
                .formatted(name, Spelling.hint(name, testenv.needNames())));
      }
    }
  }

  private void cycles() {
    Set<String> done = new HashSet<>();
    for (String name : catalogue.testenvs().keySet()) {
      follow(name, new ArrayList<>(), done);
    }
  }

  private void follow(String name, List<String> path, Set<String> done) {
    TestenvDefinition testenv = catalogue.testenvs().get(name);
    if (testenv == null || done.contains(name)) {
      return;
    }
    path.add(name);
    for (Need need : testenv.needs()) {
      int start = path.indexOf(need.testenv());
      if (start >= 0) {
        problems.add(
            need.position(),
            "testenvs need each other: %s -> %s"
                .formatted(String.join(" -> ", path.subList(start, path.size())), need.testenv()));
      } else {
        follow(need.testenv(), path, done);
      }
    }
    path.removeLast();
    done.add(name);
  }

  /** Any two testenvs may meet in a lab: all hosts together must make one. */
  private void hosts() {
    Map<Subject, Position> positions = new LinkedHashMap<>();
    LabBuilder lab = LabDescription.builder("catalogue").network(catalogue.network());
    locate(positions, Subject.ROOT, catalogue.client().host());
    lab.root(catalogue.client().host().description());
    int index = 0;
    for (TestenvDefinition testenv : catalogue.testenvs().values()) {
      locate(positions, index++, testenv.host());
      lab.host(testenv.host().description());
    }
    try {
      lab.build();
    } catch (InvalidLabException e) {
      for (Fault fault : e.faults()) {
        Position whole = Position.of(catalogue.folder().toString());
        problems.add(positions.getOrDefault(fault.subject(), whole), fault.message());
      }
    }
  }

  private static void locate(Map<Subject, Position> positions, int index, HostDefinition host) {
    positions.put(new Subject.Host(index), host.namePosition());
    for (int i = 0; i < host.description().interfaces().size(); i++) {
      positions.put(new Subject.Interface(index, i), host.interfacePosition());
    }
  }
}
