package dev.warren.cli;

import dev.warren.lab.control.LabAnswer;
import dev.warren.lab.control.LabRequest;
import dev.warren.lab.control.RunningLab;
import dev.warren.lab.file.LabFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a running lab as a file describes it. */
@Command(
    name = "apply",
    description = {
      "Make a running lab as a file describes it: hosts, networks and links come and go.",
      "",
      "Hosts that are the same live on untouched. Networks, links and names change under running",
      "processes; a host that differs in anything else is made anew. All steps are taken, or none:",
      "those marked with ! cannot be taken back when a later one fails."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren apply --dry-run shop.yaml   only says what it would do",
      "  warren apply shop.yaml             the lab that the file names, or the only one that runs",
      "  warren apply shop.yaml test        the lab called test"
    })
final class ApplyCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "FILE", description = "Describes the lab (YAML).")
  private Path file = Path.of("");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "LAB",
      description = "The lab to change; default: the one that the file names.")
  private @Nullable String lab;

  @Option(names = "--dry-run", description = "Print the steps instead of taking them.")
  private boolean dryRun;

  ApplyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    // Mistakes are shown with the file's name as it was given, and before anybody is asked.
    String name = LabFile.read(file).name();
    Targets targets = new Targets(surroundings);
    Optional<String> wanted = Optional.ofNullable(lab);
    if (wanted.isEmpty() && surroundings.labs().find(name).isPresent()) {
      wanted = Optional.of(name);
    }
    RunningLab running = targets.lab(wanted);
    LabAnswer answer =
        targets.ask(
            running, new LabRequest.Apply(file.toAbsolutePath().normalize().toString(), dryRun));
    if (answer instanceof LabAnswer.Steps steps) {
      for (LabAnswer.Step step : steps.steps()) {
        surroundings.out().println((step.lasting() ? "! " : "  ") + step.text());
      }
      if (steps.steps().isEmpty()) {
        surroundings.out().println("Lab %s is so already.".formatted(running.name()));
      }
    }
    return ExitCode.OK;
  }
}
