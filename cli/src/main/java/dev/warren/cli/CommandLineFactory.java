package dev.warren.cli;

import dev.warren.lab.source.BadInputException;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the commands together, and turns what goes wrong into one line and an exit code. */
final class CommandLineFactory {
  private CommandLineFactory() {}

  static CommandLine create(Surroundings surroundings) {
    WarrenCommand warren = new WarrenCommand();
    CommandLine line = withHelp(new CommandLine(warren));
    List.of(
            new UpCommand(surroundings),
            new DownCommand(surroundings),
            new ApplyCommand(surroundings),
            new LsCommand(surroundings),
            new GraphCommand(surroundings),
            new ExecCommand(),
            new ShellCommand(),
            new CaptureCommand(surroundings),
            new PsCommand(surroundings),
            new TopCommand(surroundings),
            new LogsCommand(surroundings),
            new EventsCommand(surroundings),
            new PartitionCommand(surroundings),
            new FreezeCommand(surroundings),
            new RestartCommand(surroundings),
            new RebootCommand(surroundings),
            new TestenvCommand(surroundings),
            new TestCommand(surroundings),
            new DoctorCommand(surroundings),
            new CheckCommand(surroundings),
            new SchemaCommand(surroundings),
            new CompletionCommand(surroundings))
        .forEach(command -> line.addSubcommand(withHelp(new CommandLine(command))));
    line.addSubcommand(link(surroundings));
    line.addSubcommand(new CommandLine.HelpCommand());
    line.setOut(surroundings.out());
    line.setErr(surroundings.err());
    line.setColorScheme(
        Help.defaultColorScheme(surroundings.colours() ? Help.Ansi.ON : Help.Ansi.OFF));
    line.setUsageHelpWidth(100);
    line.setUsageHelpLongOptionsMaxWidth(28);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setStopAtPositional(false);
    line.setParameterExceptionHandler(
        (failure, _) -> {
          report(
              surroundings,
              ExitCode.BAD_INPUT,
              "warren: %s: see `%s --help`"
                  .formatted(
                      complaint(failure),
                      failure.getCommandLine().getCommandSpec().qualifiedName()));
          return ExitCode.BAD_INPUT;
        });
    line.setExecutionExceptionHandler(
        (failure, _, _) -> {
          if (warren.debug) {
            failure.printStackTrace(surroundings.err());
          }
          int code = exitCode(failure);
          report(surroundings, code, message(failure));
          return code;
        });
    return line;
  }

  private static CommandLine link(Surroundings surroundings) {
    CommandLine link = withHelp(new CommandLine(new LinkCommand()));
    List.of(
            new LinkCommand.Cut(surroundings),
            new LinkCommand.Mend(surroundings),
            new LinkSetCommand(surroundings),
            new LinkShowCommand(surroundings))
        .forEach(command -> link.addSubcommand(withHelp(new CommandLine(command))));
    return link;
  }

  private static CommandLine withHelp(CommandLine command) {
    command
        .getCommandSpec()
        .usageMessage()
        .parameterListHeading("%nArguments:%n")
        .optionListHeading("%nOptions:%n");
    command
        .getCommandSpec()
        .addMixin("help", CommandSpec.forAnnotatedObject(new WarrenCommand.HelpOption()));
    return command;
  }

  private static void report(Surroundings surroundings, int code, String message) {
    surroundings
        .launcher()
        .ifPresentOrElse(
            launcher -> launcher.fail(code, message), () -> surroundings.err().println(message));
  }

  private static int exitCode(Exception failure) {
    return switch (failure) {
      case CommandException known -> known.exitCode();
      case BadInputException _ -> ExitCode.BAD_INPUT;
      default -> ExitCode.FAILED;
    };
  }

  private static String message(Exception failure) {
    return switch (failure) {
      // Its lines begin with file, line and column, as compilers' do and editors understand.
      case BadInputException mistakes -> String.valueOf(mistakes.getMessage());
      case CommandException known -> "warren: " + known.getMessage();
      case IOException known when known.getMessage() != null -> "warren: " + known.getMessage();
      default -> "warren: internal error: %s: --debug shows where".formatted(failure);
    };
  }

  private static String complaint(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unknown) {
      String word = unknown.getUnmatched().getFirst();
      String kind = word.startsWith("-") ? "option" : "command or argument";
      return "unknown %s %s%s"
          .formatted(
              kind,
              word,
              unknown.getSuggestions().stream()
                  .findFirst()
                  .map(similar -> " (did you mean %s?)".formatted(similar))
                  .orElse(""));
    }
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
