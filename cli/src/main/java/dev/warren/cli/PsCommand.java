package dev.warren.cli;

import dev.warren.lab.control.LabAnswer;
import dev.warren.lab.control.LabRequest;
import dev.warren.lab.control.RunningLab;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Shows the processes of hosts. */
@Command(
    name = "ps",
    description = {
      "List the processes of a running lab's hosts.",
      "",
      "PID is the number inside the host, OUTER the one that this machine has for the process."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren ps             all hosts of the only lab",
      "  warren ps shop/       all hosts of the lab shop",
      "  warren ps a           a host",
      "  warren ps --json"
    })
final class PsCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      arity = "0..1",
      paramLabel = "[LAB/]HOST",
      description = "The host, or LAB/ for all of a lab; default: all of the only lab.")
  private @Nullable String target;

  @Option(
      names = "--json",
      description =
          "Print JSON: [{host, hostPid, pid, user, state, cpuMillis, memory, command: [...]}].")
  private boolean json;

  PsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    Targets targets = new Targets(surroundings);
    RunningLab lab;
    Optional<String> host = Optional.empty();
    if (target == null) {
      lab = targets.lab(Optional.empty());
    } else if (target.endsWith("/")) {
      lab = targets.lab(Optional.of(target.substring(0, target.length() - 1)));
    } else {
      Targets.OfHost one = targets.host(target);
      lab = one.lab();
      host = Optional.of(one.name());
    }
    if (targets.ask(lab, new LabRequest.Processes(host)) instanceof LabAnswer.ProcessList list) {
      print(list.processes());
    }
    return ExitCode.OK;
  }

  private void print(List<LabAnswer.ProcessState> processes) {
    if (json) {
      surroundings
          .out()
          .println(
              JsonMapper.builder()
                  .build()
                  .writerWithDefaultPrettyPrinter()
                  .writeValueAsString(processes));
      return;
    }
    Table table =
        new Table(List.of("HOST", "PID", "OUTER", "USER", "STATE", "TIME", "MEMORY", "COMMAND"));
    for (LabAnswer.ProcessState process : processes) {
      table.row(
          List.of(
              process.host(),
              Long.toString(process.hostPid()),
              Long.toString(process.pid()),
              process.user(),
              process.state(),
              Amounts.time(process.cpuMillis()),
              Amounts.bytes(process.memory()),
              String.join(" ", process.command()).replaceAll("\\p{Cntrl}", " ")));
    }
    surroundings.out().print(table);
    surroundings.out().flush();
  }
}
