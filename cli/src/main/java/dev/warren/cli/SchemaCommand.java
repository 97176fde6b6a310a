package dev.warren.cli;

import dev.warren.lab.file.LabSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the JSON Schema of lab files. */
@Command(
    name = "schema",
    description = {
      "Print the JSON Schema of lab files, by which editors complete and check them.",
      "",
      "An editor finds it by the lab file's first line: # yaml-language-server: $schema=PATH"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  warren schema > lab.schema.json"})
final class SchemaCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  SchemaCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    surroundings.out().print(LabSchema.text());
    surroundings.out().flush();
    return ExitCode.OK;
  }
}
