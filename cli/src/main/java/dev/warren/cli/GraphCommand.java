package dev.warren.cli;

import dev.warren.lab.control.LabAnswer;
import dev.warren.lab.control.LabRequest;
import dev.warren.lab.control.RunningLab;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.file.LabFile;
import dev.warren.lab.graph.LabGraph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws a lab. */
@Command(
    name = "graph",
    description = {
      "Draw the hosts and networks that a file describes, or a running lab, as SVG or as Mermaid.",
      "",
      "A running lab is drawn as it is now, with the links that are cut and what was changed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren graph examples/three-hosts.yaml --output three-hosts.svg",
      "  warren graph examples/three-hosts.yaml --format mermaid   for a page on GitHub",
      "  warren graph three-hosts --output now.svg                 a lab that runs"
    })
final class GraphCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "FILE",
      description = "Describes the lab (YAML); or the name of a running lab.")
  private Path file = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Format format = Format.svg;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write there instead of to standard output.")
  private @Nullable Path output;

  /** In small letters, as they are typed. */
  enum Format {
    svg,
    mermaid
  }

  GraphCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    Optional<RunningLab> running = Files.exists(file) ? Optional.empty() : running();
    String text = running.isPresent() ? drawn(running.get()) : drawn(LabFile.read(file));
    if (output == null || output.toString().equals("-")) {
      surroundings.out().print(text);
      surroundings.out().flush();
    } else {
      Files.writeString(output, text, StandardCharsets.UTF_8);
    }
    return ExitCode.OK;
  }

  /** The lab of that name, if one runs. */
  private Optional<RunningLab> running() throws IOException, CommandException {
    if (surroundings.runtime().isEmpty()) {
      return Optional.empty();
    }
    return surroundings.labs().list().stream()
        .filter(lab -> lab.name().equals(file.toString()))
        .findFirst();
  }

  private String drawn(LabDescription lab) {
    return switch (format) {
      case svg -> LabGraph.svg(lab);
      case mermaid -> LabGraph.mermaid(lab);
    };
  }

  private String drawn(RunningLab lab) throws IOException, CommandException {
    if (new Targets(surroundings).ask(lab, new LabRequest.Draw(format.name()))
        instanceof LabAnswer.Text drawing) {
      return drawing.text();
    }
    throw new IOException("the lab answered something else");
  }
}
