package dev.warren.cli;

import dev.warren.lab.description.LabDescription;
import dev.warren.lab.file.LabFile;
import dev.warren.lab.source.BadInputException;
import dev.warren.lab.source.Problem;
import dev.warren.lab.source.ProblemsJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds the mistakes in lab files. */
@Command(
    name = "check",
    description = {
      "Check lab files without starting anything.",
      "",
      "Every mistake is reported, with file, line and column; the exit code is 2 when there are any."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren check examples/*.yaml",
      "  warren check --json lab.yaml | jq -r '.[] | \"\\(.line): \\(.message)\"'"
    })
final class CheckCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Lab files (YAML).")
  private List<Path> files = List.of();

  @Option(
      names = "--json",
      description = "Print the mistakes as JSON: [{file, line, column, message}], [] for none.")
  private boolean json;

  CheckCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws BadInputException {
    List<Problem> problems = new ArrayList<>();
    for (Path file : files) {
      try {
        LabDescription lab = LabFile.read(file);
        if (!json) {
          surroundings.out().println(file + ": " + summary(lab));
        }
      } catch (BadInputException mistakes) {
        problems.addAll(mistakes.problems());
      }
    }
    if (json) {
      surroundings.out().println(ProblemsJson.of(problems));
      return problems.isEmpty() ? ExitCode.OK : ExitCode.BAD_INPUT;
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    return ExitCode.OK;
  }

  private static String summary(LabDescription lab) {
    return "lab %s, %s on %s"
        .formatted(
            lab.name(), count(lab.hosts().size(), "host"), count(lab.networks().size(), "network"));
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
