package dev.warren.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A place in the list of commands: the launcher runs {@code shell} itself, without a JVM. */
@Command(name = "shell", description = "Open a shell in a host.")
final class ShellCommand implements Callable<Integer> {
  @Mixin private GuestOptions options = new GuestOptions();

  @Parameters(index = "0", arity = "0..1", paramLabel = "[LAB/]HOST")
  private String host = "";

  @Override
  public Integer call() throws CommandException {
    throw new CommandException(
        ExitCode.BAD_INPUT,
        "shell %s (%s) is the launcher's: see `warren shell --help`".formatted(host, options));
  }
}
