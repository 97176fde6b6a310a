package dev.warren.cli;

import dev.warren.lab.control.LabRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lets a host begin anew. */
@Command(
    name = "reboot",
    description = {
      "End all processes of a host, as when the power fails, and let it begin anew.",
      "",
      "Its files and its network stay as they are."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  warren reboot a", "  warren reboot shop/a"})
final class RebootCommand implements Callable<Integer> {
  private final Targets targets;

  @Parameters(paramLabel = "[LAB/]HOST", description = "The host.")
  private String host = "";

  RebootCommand(Surroundings surroundings) {
    this.targets = new Targets(surroundings);
  }

  @Override
  public Integer call() throws Exception {
    Targets.OfHost target = targets.host(host);
    targets.tell(target.lab(), new LabRequest.Reboot(target.name()));
    return ExitCode.OK;
  }
}
