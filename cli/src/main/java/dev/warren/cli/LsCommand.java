package dev.warren.cli;

import dev.warren.lab.control.Json;
import dev.warren.lab.control.RunningHost;
import dev.warren.lab.control.RunningLab;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Shows the labs that run. */
final class LsCommand implements Callable<Integer>, Described {
  private final Surroundings surroundings;

  private final OptionSpec json =
      OptionSpec.builder("--json")
          .initialValue(false)
          .description(
              "Print JSON: [{lab, started, supervisor, hosts: [{name, pid, interfaces, addresses, frozen,"
                  + " cut: [INTERFACE], conditions: {INTERFACE: {text, means}}, services: {NAME: STATE}}],"
                  + " partitions: {NETWORK: [[HOST]]}, seed}].")
          .build();

  LsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public CommandSpec describe() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("ls").addOption(json);
    spec.usageMessage()
        .description(
            "List the running labs, their hosts with addresses and services.",
            "",
            "PID is that of the host's init, as this machine sees it.")
        .footerHeading("%nExamples:%n")
        .footer("  warren ls", "  warren ls --json | jq '.[].hosts[] | {name, pid}'");
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    List<RunningLab> labs = surroundings.labs().list();
    if (json.<Boolean>getValue()) {
      surroundings.out().println(Json.of(labs));
    } else if (labs.isEmpty()) {
      surroundings.err().println("No lab is running: `warren up FILE` starts one.");
    } else {
      List<String> headings = new ArrayList<>(List.of("LAB", "HOST", "PID", "ADDRESSES"));
      boolean states = labs.stream().anyMatch(LsCommand::hasStates);
      boolean services =
          labs.stream()
              .flatMap(lab -> lab.hosts().stream())
              .anyMatch(host -> !host.services().isEmpty());
      if (services) {
        headings.add("SERVICES");
      }
      if (states) {
        headings.add("STATE");
      }
      Table table = new Table(headings);
      for (RunningLab lab : labs) {
        if (lab.hosts().isEmpty()) {
          table.row(cells(List.of(lab.name(), "(starting)", "", ""), services, "", states, ""));
        }
        for (RunningHost host : lab.hosts()) {
          table.row(
              cells(
                  List.of(
                      lab.name(),
                      host.name(),
                      Long.toString(host.init().pid()),
                      String.join(" ", host.addresses())),
                  services,
                  services(host),
                  states,
                  state(lab, host)));
        }
      }
      surroundings.out().print(table);
      surroundings.out().flush();
    }
    return ExitCode.OK;
  }

  /** A row, with the columns that there are. */
  private static List<String> cells(
      List<String> first, boolean services, String service, boolean states, String state) {
    List<String> cells = new ArrayList<>(first);
    if (services) {
      cells.add(service);
    }
    if (states) {
      cells.add(state);
    }
    return cells;
  }

  private static String services(RunningHost host) {
    List<String> words = new ArrayList<>();
    new TreeMap<>(host.services()).forEach((service, state) -> words.add(service + " " + state));
    return String.join(", ", words);
  }

  private static boolean hasStates(RunningLab lab) {
    return lab.hosts().stream().anyMatch(host -> !state(lab, host).isEmpty());
  }

  /** What is not as it was described: nothing, most of the time. */
  private static String state(RunningLab lab, RunningHost host) {
    List<String> words = new ArrayList<>();
    if (host.frozen()) {
      words.add("frozen");
    }
    host.cut().forEach(link -> words.add(link + " cut"));
    new TreeMap<>(host.conditions())
        .forEach((link, one) -> words.add("%s %s (%s)".formatted(link, one.text(), one.means())));
    // The root, which is the first, tells what concerns the whole lab.
    if (host.name().equals(lab.hosts().getFirst().name())) {
      lab.partitions()
          .forEach(
              (network, groups) ->
                  words.add(
                      "%s parted: %s"
                          .formatted(
                              network,
                              groups.stream()
                                  .map(group -> String.join(",", new TreeSet<>(group)))
                                  .collect(Collectors.joining(" ")))));
    }
    return String.join(", ", words);
  }
}
