package dev.warren.cli;

import dev.warren.lab.control.RunningLab;
import dev.warren.lab.control.RunningLabs;
import dev.warren.lab.control.Shutdown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends running labs. */
@Command(
    name = "down",
    description = {
      "End labs: all processes in their hosts are killed, nothing is left of them.",
      "",
      "Without a name it ends the only lab that runs; with several it asks which."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  warren down", "  warren down three-hosts", "  warren down --all"})
final class DownCommand implements Callable<Integer> {
  /** A lab of a hundred hosts ends in a fraction of this. */
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final Surroundings surroundings;

  @Parameters(paramLabel = "LAB", arity = "0..*", description = "The labs to end.")
  private List<String> names = List.of();

  @Option(
      names = {"-a", "--all"},
      description = "End every lab of this user.")
  private boolean all;

  DownCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    RunningLabs running = surroundings.labs();
    for (RunningLab lab : chosen(running)) {
      boolean byItself = Shutdown.of(lab, GRACE);
      // Whoever looks removes what a killed supervisor left.
      running.find(lab.name());
      surroundings
          .out()
          .println(
              byItself
                  ? "Lab %s has ended.".formatted(lab.name())
                  : "Lab %s did not end by itself and was killed.".formatted(lab.name()));
    }
    return ExitCode.OK;
  }

  private List<RunningLab> chosen(RunningLabs running) throws Exception {
    List<RunningLab> labs = running.list();
    if (all) {
      return labs;
    }
    if (names.isEmpty()) {
      return switch (labs.size()) {
        case 0 -> throw new CommandException(ExitCode.FAILED, "no lab is running");
        case 1 -> labs;
        default ->
            throw new CommandException(
                ExitCode.BAD_INPUT,
                "several labs are running, say which to end, or --all: " + names(labs));
      };
    }
    List<RunningLab> chosen = new ArrayList<>();
    for (String name : names) {
      chosen.add(
          labs.stream()
              .filter(lab -> lab.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new CommandException(
                          ExitCode.FAILED,
                          labs.isEmpty()
                              ? "no lab \"%s\" is running, and no other".formatted(name)
                              : "no lab \"%s\" is running, only %s".formatted(name, names(labs)))));
    }
    return chosen;
  }

  private static String names(List<RunningLab> labs) {
    return labs.stream().map(RunningLab::name).collect(Collectors.joining(", "));
  }
}
