package dev.warren.cli;

import dev.warren.lab.description.LabDescription;
import dev.warren.lab.file.LabFile;
import dev.warren.lab.graph.LabGraph;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws a lab. */
@Command(
    name = "graph",
    description = {
      "Draw the hosts and networks that a file describes, as SVG or as Mermaid.",
      "",
      "The lab need not run."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren graph examples/three-hosts.yaml --output three-hosts.svg",
      "  warren graph examples/three-hosts.yaml --format mermaid   for a page on GitHub"
    })
final class GraphCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "FILE", description = "Describes the lab (YAML).")
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
    LabDescription lab = LabFile.read(file);
    String text =
        switch (format) {
          case svg -> LabGraph.svg(lab);
          case mermaid -> LabGraph.mermaid(lab);
        };
    if (output == null || output.toString().equals("-")) {
      surroundings.out().print(text);
      surroundings.out().flush();
    } else {
      Files.writeString(output, text, StandardCharsets.UTF_8);
    }
    return ExitCode.OK;
  }
}
