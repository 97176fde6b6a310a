package dev.warren.cli;

import dev.warren.lab.control.Json;
import dev.warren.lab.control.RunningHost;
import dev.warren.lab.control.RunningLab;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the labs that run. */
@Command(
    name = "ls",
    description = {
      "List the running labs, their hosts and addresses.",
      "",
      "PID is that of the host's init, as this machine sees it."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  warren ls", "  warren ls --json | jq '.[].hosts[] | {name, pid}'"})
final class LsCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--json",
      description =
          "Print JSON: [{lab, started, supervisor, hosts: [{name, pid, interfaces, addresses}]}].")
  private boolean json;

  LsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    List<RunningLab> labs = surroundings.labs().list();
    if (json) {
      surroundings.out().println(Json.of(labs));
    } else if (labs.isEmpty()) {
      surroundings.err().println("No lab is running: `warren up FILE` starts one.");
    } else {
      Table table = new Table(List.of("LAB", "HOST", "PID", "ADDRESSES"));
      labs.forEach(lab -> add(lab, table));
      surroundings.out().print(table);
      surroundings.out().flush();
    }
    return ExitCode.OK;
  }

  private static void add(RunningLab lab, Table table) {
    if (lab.hosts().isEmpty()) {
      table.row(List.of(lab.name(), "(starting)", "", ""));
    }
    String name = lab.name();
    for (RunningHost host : lab.hosts()) {
      table.row(
          new ArrayList<>(
              List.of(
                  name,
                  host.name(),
                  Long.toString(host.init().pid()),
                  String.join(" ", host.addresses()))));
    }
  }
}
