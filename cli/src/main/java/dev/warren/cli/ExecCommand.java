package dev.warren.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A place in the list of commands: the launcher runs {@code exec} itself, without a JVM. */
@Command(
    name = "exec",
    description = "Run a command in a host, with this terminal, these pipes, its exit code.")
final class ExecCommand implements Callable<Integer> {
  @Mixin private GuestOptions options = new GuestOptions();

  @Parameters(index = "0", arity = "0..1", paramLabel = "[LAB/]HOST")
  private String host = "";

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "COMMAND")
  private List<String> command = List.of();

  @Override
  public Integer call() throws CommandException {
    throw new CommandException(
        ExitCode.BAD_INPUT,
        "exec %s %s (%s) is the launcher's: see `warren exec --help`"
            .formatted(host, command, options));
  }
}
