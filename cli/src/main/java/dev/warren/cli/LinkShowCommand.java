package dev.warren.cli;

import dev.warren.lab.control.RunningConditions;
import dev.warren.lab.control.RunningHost;
import dev.warren.lab.control.RunningLab;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code link show}. */
@Command(
    name = "show",
    description = "Show the links of all running labs, or of a host, and the conditions there.",
    footerHeading = "%nExamples:%n",
    footer = {"  warren link show", "  warren link show shop/a --json"})
final class LinkShowCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      arity = "0..1",
      paramLabel = "[LAB/]HOST",
      description = "The host; default: all of all labs.")
  private @Nullable String host;

  @Option(
      names = "--json",
      description = "Print JSON: [{lab, host, link, state, conditions, means, seed}].")
  private boolean json;

  LinkShowCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  private record Line(RunningLab lab, RunningHost host, String link) {
    String state() {
      return host.cut().contains(link) ? "cut" : "whole";
    }

    Optional<RunningConditions> conditions() {
      return Optional.ofNullable(host.conditions().get(link));
    }
  }

  @Override
  public Integer call() throws Exception {
    List<RunningLab> labs = surroundings.labs().list();
    Optional<Targets.OfHost> only = Optional.empty();
    if (host != null) {
      only = Optional.of(new Targets(surroundings).host(host));
      labs = List.of(only.get().lab());
    }
    Optional<String> name = only.map(Targets.OfHost::name);
    List<Line> lines =
        labs.stream()
            .flatMap(
                lab ->
                    lab.hosts().stream()
                        .filter(one -> name.isEmpty() || name.get().equals(one.name()))
                        // The first is the root, which is on the bridges themselves.
                        .filter(one -> !one.equals(lab.hosts().getFirst()))
                        .flatMap(one -> lines(lab, one)))
            .toList();
    if (json) {
      surroundings.out().println(json(lines));
    } else {
      surroundings.out().print(table(lines));
      surroundings.out().flush();
    }
    return ExitCode.OK;
  }

  private static Stream<Line> lines(RunningLab lab, RunningHost host) {
    return host.interfaces().stream().map(link -> new Line(lab, host, link));
  }

  private static String json(List<Line> lines) {
    ArrayNode array = JsonMapper.builder().build().createArrayNode();
    for (Line line : lines) {
      ObjectNode node =
          array
              .addObject()
              .put("lab", line.lab().name())
              .put("host", line.host().name())
              .put("link", line.link())
              .put("state", line.state());
      line.conditions()
          .ifPresent(one -> node.put("conditions", one.text()).put("means", one.means()));
      line.lab().seed().ifPresent(seed -> node.put("seed", seed));
    }
    return array.toPrettyString();
  }

  /** What others than a wire leave to chance does not come from it alone. */
  private static String seed(RunningLab lab, RunningConditions conditions) {
    return conditions.means().equals("wire") ? Long.toString(lab.seed().orElse(0)) : "";
  }

  private static Table table(List<Line> lines) {
    boolean conditions = lines.stream().anyMatch(line -> line.conditions().isPresent());
    List<String> headings = new ArrayList<>(List.of("LAB", "HOST", "LINK", "STATE"));
    if (conditions) {
      headings.addAll(List.of("BY", "SEED", "CONDITIONS"));
    }
    Table table = new Table(headings);
    for (Line line : lines) {
      List<String> cells =
          new ArrayList<>(
              List.of(line.lab().name(), line.host().name(), line.link(), line.state()));
      if (conditions) {
        Optional<RunningConditions> here = line.conditions();
        cells.add(here.map(RunningConditions::means).orElse(""));
        cells.add(here.map(one -> seed(line.lab(), one)).orElse(""));
        cells.add(here.map(RunningConditions::text).orElse(""));
      }
      table.row(cells);
    }
    return table;
  }
}
