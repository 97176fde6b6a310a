package dev.warren.cli;

import dev.warren.lab.control.LabRequest;
import dev.warren.lab.control.RunningHost;
import dev.warren.lab.control.RunningLab;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Cuts, mends and shows links. */
@Command(
    name = "link",
    synopsisSubcommandLabel = "(cut | mend | show)",
    description = {
      "Cut the links of a running lab, mend them, and show how they are.",
      "",
      "A host whose link is cut sees no carrier, as when a cable is pulled; its addresses stay."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren link cut a veth30     one link",
      "  warren link cut a lan        the link to that network",
      "  warren link cut shop/a       all links of the host",
      "  warren link mend a",
      "  warren link show --json"
    })
final class LinkCommand implements Callable<Integer> {
  @Override
  public Integer call() throws CommandException {
    throw new CommandException(
        ExitCode.BAD_INPUT, "say what to do: cut, mend or show: see `warren link --help`");
  }

  /** Which link is meant. */
  static final class Choice {
    @Parameters(index = "0", paramLabel = "[LAB/]HOST", description = "The host.")
    private String host = "";

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "INTERFACE",
        description = "Its interface, or the network that it leads to; default: all.")
    private @Nullable String link;
  }

  /** {@code link cut}. */
  @Command(
      name = "cut",
      description = "Cut a link, or all links of a host.",
      footerHeading = "%nExamples:%n",
      footer = {"  warren link cut a veth30", "  warren link cut a"})
  static final class Cut implements Callable<Integer> {
    private final Targets targets;
    @Mixin private final Choice choice = new Choice();

    Cut(Surroundings surroundings) {
      this.targets = new Targets(surroundings);
    }

    @Override
    public Integer call() throws Exception {
      Targets.OfHost host = targets.host(choice.host);
      targets.tell(
          host.lab(), new LabRequest.CutLink(host.name(), Optional.ofNullable(choice.link)));
      return ExitCode.OK;
    }
  }

  /** {@code link mend}. */
  @Command(
      name = "mend",
      description = "Mend a link, or all links of a host.",
      footerHeading = "%nExamples:%n",
      footer = {"  warren link mend a veth30", "  warren link mend a"})
  static final class Mend implements Callable<Integer> {
    private final Targets targets;
    @Mixin private final Choice choice = new Choice();

    Mend(Surroundings surroundings) {
      this.targets = new Targets(surroundings);
    }

    @Override
    public Integer call() throws Exception {
      Targets.OfHost host = targets.host(choice.host);
      targets.tell(
          host.lab(), new LabRequest.MendLink(host.name(), Optional.ofNullable(choice.link)));
      return ExitCode.OK;
    }
  }

  /** {@code link show}. */
  @Command(
      name = "show",
      description = "Show the links of all running labs, or of a host.",
      footerHeading = "%nExamples:%n",
      footer = {"  warren link show", "  warren link show shop/a --json"})
  static final class Show implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(
        arity = "0..1",
        paramLabel = "[LAB/]HOST",
        description = "The host; default: all of all labs.")
    private @Nullable String host;

    @Option(names = "--json", description = "Print JSON: [{lab, host, link, state}].")
    private boolean json;

    Show(Surroundings surroundings) {
      this.surroundings = surroundings;
    }

    private record Line(String lab, String host, String link, String state) {}

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
        ArrayNode array = JsonMapper.builder().build().createArrayNode();
        lines.forEach(
            line ->
                array
                    .addObject()
                    .put("lab", line.lab())
                    .put("host", line.host())
                    .put("link", line.link())
                    .put("state", line.state()));
        surroundings.out().println(array.toPrettyString());
      } else {
        Table table = new Table(List.of("LAB", "HOST", "LINK", "STATE"));
        lines.forEach(
            line -> table.row(List.of(line.lab(), line.host(), line.link(), line.state())));
        surroundings.out().print(table);
        surroundings.out().flush();
      }
      return ExitCode.OK;
    }

    private static Stream<Line> lines(RunningLab lab, RunningHost host) {
      return host.interfaces().stream()
          .map(
              link ->
                  new Line(
                      lab.name(), host.name(), link, host.cut().contains(link) ? "cut" : "whole"));
    }
  }
}
