package dev.warren.cli;

import dev.warren.lab.control.LabRequest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Restarts services. */
@Command(
    name = "restart",
    description = {
      "Restart services of a host, and wait until they are ready.",
      "",
      "Those of other hosts that need them are left alone."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren restart web            all services of the host",
      "  warren restart shop/web httpd"
    })
final class RestartCommand implements Callable<Integer> {
  private final Targets targets;

  @Parameters(index = "0", paramLabel = "[LAB/]HOST", description = "The host.")
  private String host = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "SERVICE",
      description = "The services; default: all of the host.")
  private List<String> services = List.of();

  RestartCommand(Surroundings surroundings) {
    this.targets = new Targets(surroundings);
  }

  @Override
  public Integer call() throws Exception {
    Targets.OfHost where = targets.host(host);
    targets.tell(where.lab(), new LabRequest.RestartServices(where.name(), services));
    return ExitCode.OK;
  }
}
