package dev.warren.cli;

import dev.warren.lab.control.LabRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops the processes of a host and lets them go on. */
@Command(
    name = "freeze",
    description = {
      "Stop all processes of a host, and let them go on (SIGSTOP, SIGCONT).",
      "",
      "What is started in a frozen host runs."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  warren freeze a", "  warren freeze shop/a --thaw"})
final class FreezeCommand implements Callable<Integer> {
  private final Targets targets;

  @Parameters(paramLabel = "[LAB/]HOST", description = "The host.")
  private String host = "";

  @Option(names = "--thaw", description = "Let them go on.")
  private boolean thaw;

  FreezeCommand(Surroundings surroundings) {
    this.targets = new Targets(surroundings);
  }

  @Override
  public Integer call() throws Exception {
    Targets.OfHost target = targets.host(host);
    targets.tell(
        target.lab(),
        thaw ? new LabRequest.Thaw(target.name()) : new LabRequest.Freeze(target.name()));
    return ExitCode.OK;
  }
}
