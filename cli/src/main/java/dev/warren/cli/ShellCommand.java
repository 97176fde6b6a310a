package dev.warren.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A place in the list of commands: the launcher runs {@code shell} itself, without a JVM. */
@Command(name = "shell", description = "Open a shell in a host.")
final class ShellCommand implements Callable<Integer> {
  @Parameters(paramLabel = "[LAB/]HOST", arity = "0..*")
  private List<String> arguments = List.of();

  @Override
  public Integer call() throws CommandException {
    throw new CommandException(
        ExitCode.BAD_INPUT, "shell " + arguments + " is the launcher's: see `warren shell --help`");
  }
}
