package dev.warren.cli;

import dev.warren.lab.control.LabAnswer;
import dev.warren.lab.control.LabRequest;
import dev.warren.lab.control.RunningConditions;
import dev.warren.lab.control.RunningLab;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
    description = {
      "Show the links of all running labs, or of a host, and the conditions there.",
      "",
      "STATE is whole, cut, or down where the host itself has set the interface down."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  warren link show", "  warren link show shop/a --json"})
final class LinkShowCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  private final Targets targets;

  @Parameters(
      arity = "0..1",
      paramLabel = "[LAB/]HOST",
      description = "The host; default: all of all labs.")
  private @Nullable String host;

  @Option(
      names = "--json",
      description =
          "Print JSON: [{lab, host, link, network, state, carrier, mtu, mac, addresses, conditions,"
              + " means, seed}].")
  private boolean json;

  LinkShowCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.targets = new Targets(surroundings);
  }

  /** A link, with what is known of it without asking: the conditions. */
  private record Line(RunningLab lab, LabAnswer.InterfaceState link) {
    String state() {
      if (link.cut()) {
        return "cut";
      }
      return link.up() ? "whole" : "down";
    }

    Optional<RunningConditions> conditions() {
      return lab.hosts().stream()
          .filter(host -> host.name().equals(link.host()))
          .flatMap(host -> Optional.ofNullable(host.conditions().get(link.name())).stream())
          .findFirst();
    }
  }

  @Override
  public Integer call() throws Exception {
    List<Line> lines = new ArrayList<>();
    if (host == null) {
      for (RunningLab lab : surroundings.labs().list()) {
        // It has none while it is being made.
        if (!lab.hosts().isEmpty()) {
          lines.addAll(lines(lab, Optional.empty()));
        }
      }
    } else {
      Targets.OfHost only = targets.host(host);
      lines.addAll(lines(only.lab(), Optional.of(only.name())));
    }
    if (json) {
      surroundings.out().println(json(lines));
    } else {
      surroundings.out().print(table(lines));
      surroundings.out().flush();
    }
    return ExitCode.OK;
  }

  private List<Line> lines(RunningLab lab, Optional<String> only)
      throws IOException, CommandException {
    if (!(targets.ask(lab, new LabRequest.Interfaces(only))
        instanceof LabAnswer.InterfaceList all)) {
      return List.of();
    }
    // The first is the root, which is on the bridges themselves.
    String root = lab.hosts().getFirst().name();
    return all.interfaces().stream()
        .filter(one -> one.network().isPresent() && !one.host().equals(root))
        .map(one -> new Line(lab, one))
        .toList();
  }

  private static String json(List<Line> lines) {
    ArrayNode array = JsonMapper.builder().build().createArrayNode();
    for (Line line : lines) {
      ObjectNode node =
          array
              .addObject()
              .put("lab", line.lab().name())
              .put("host", line.link().host())
              .put("link", line.link().name())
              .put("network", line.link().network().orElse(""))
              .put("state", line.state())
              .put("carrier", line.link().carrier())
              .put("mtu", line.link().mtu());
      line.link().mac().ifPresent(mac -> node.put("mac", mac));
      line.link().addresses().forEach(node.putArray("addresses")::add);
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
    List<String> headings = new ArrayList<>(List.of("LAB", "HOST", "LINK", "NETWORK", "STATE"));
    if (conditions) {
      headings.addAll(List.of("BY", "SEED", "CONDITIONS"));
    }
    Table table = new Table(headings);
    for (Line line : lines) {
      List<String> cells =
          new ArrayList<>(
              List.of(
                  line.lab().name(),
                  line.link().host(),
                  line.link().name(),
                  line.link().network().orElse(""),
                  line.state()));
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
