package dev.warren.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** How a command runs in a host. The launcher reads these; here they are for completion. */
final class GuestOptions {
  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "Run as this user of the host, not as its root.")
  private String user = "";

  @Option(
      names = {"-w", "--workdir"},
      paramLabel = "DIR",
      description = "Start in that directory of the host, not in /.")
  private String directory = "/";

  @Option(
      names = {"-e", "--env"},
      paramLabel = "NAME=VALUE",
      description = "Set a variable.")
  private List<String> variables = List.of();

  @Option(
      names = {"-i", "--interactive"},
      description = "Pass signals on, as on a terminal.")
  private boolean interactive;

  @Override
  public String toString() {
    return "user %s directory %s variables %s interactive %s"
        .formatted(user, directory, variables, interactive);
  }
}
