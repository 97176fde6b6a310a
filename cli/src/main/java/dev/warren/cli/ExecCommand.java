package dev.warren.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A place in the list of commands: the launcher runs {@code exec} itself, without a JVM. */
@Command(
    name = "exec",
    description = "Run a command in a host, with this terminal, these pipes, its exit code.")
final class ExecCommand implements Callable<Integer> {
  @Parameters(paramLabel = "[LAB/]HOST [--] COMMAND", arity = "0..*")
  private List<String> arguments = List.of();

  @Override
  public Integer call() throws CommandException {
    throw new CommandException(
        ExitCode.BAD_INPUT, "exec " + arguments + " is the launcher's: see `warren exec --help`");
  }
}
