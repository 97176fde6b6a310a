package dev.warren.cli;

import dev.warren.lab.source.BadInputException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the commands together, and turns what goes wrong into one line and an exit code. */
final class CommandLineFactory {
  private static final Set<String> NEED_ALL = Set.of("completion", "help");

  private CommandLineFactory() {}

  /** The commands by name, in the order of the help. */
  private static Map<String, Function<Surroundings, CommandLine>> commands() {
    Map<String, Function<Surroundings, CommandLine>> commands = new LinkedHashMap<>();
    commands.put("up", made(UpCommand::new));
    commands.put("down", made(DownCommand::new));
    commands.put("apply", made(ApplyCommand::new));
    commands.put("ls", made(LsCommand::new));
    commands.put("graph", made(GraphCommand::new));
    commands.put("exec", made(_ -> new ExecCommand()));
    commands.put("shell", made(_ -> new ShellCommand()));
    commands.put("capture", made(CaptureCommand::new));
    commands.put("ps", made(PsCommand::new));
    commands.put("top", made(TopCommand::new));
    commands.put("logs", made(LogsCommand::new));
    commands.put("events", made(EventsCommand::new));
    commands.put("partition", made(PartitionCommand::new));
    commands.put("freeze", made(FreezeCommand::new));
    commands.put("restart", made(RestartCommand::new));
    commands.put("reboot", made(RebootCommand::new));
    commands.put("testenv", made(TestenvCommand::new));
    commands.put("test", made(TestCommand::new));
    commands.put("report", made(ReportCommand::new));
    commands.put("snapshot", CommandLineFactory::snapshot);
    commands.put("doctor", made(DoctorCommand::new));
    commands.put("seccomp", made(SeccompCommand::new));
    commands.put("check", made(CheckCommand::new));
    commands.put("schema", made(SchemaCommand::new));
    commands.put("completion", made(CompletionCommand::new));
    commands.put("link", CommandLineFactory::link);
    commands.put("help", _ -> new CommandLine(new CommandLine.HelpCommand()));
    return commands;
  }

  private static Function<Surroundings, CommandLine> made(Function<Surroundings, Object> command) {
    return surroundings -> withHelp(lineOf(command.apply(surroundings)));
  }

  private static CommandLine lineOf(Object command) {
    return new CommandLine(command instanceof Described described ? described.describe() : command);
  }

  /** All commands. */
  static CommandLine create(Surroundings surroundings) {
    return create(surroundings, commands());
  }

  /**
   * What these arguments need: the command that they begin with alone, for the model of a command
   * costs milliseconds; all commands where they begin otherwise, and for those which know the
   * others.
   */
  static CommandLine create(Surroundings surroundings, List<String> arguments) {
    Map<String, Function<Surroundings, CommandLine>> commands = commands();
    String first = arguments.isEmpty() ? "" : arguments.getFirst();
    if (!NEED_ALL.contains(first) && commands.containsKey(first)) {
      commands.keySet().retainAll(Set.of(first));
    }
    return create(surroundings, commands);
  }

  private static CommandLine create(
      Surroundings surroundings, Map<String, Function<Surroundings, CommandLine>> commands) {
    WarrenCommand warren = new WarrenCommand();
    CommandLine line = withHelp(lineOf(warren));
    commands.forEach((name, command) -> line.addSubcommand(name, command.apply(surroundings)));
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
          if (warren.trace()) {
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

  private static CommandLine snapshot(Surroundings surroundings) {
    CommandLine snapshot = withHelp(new CommandLine(new SnapshotCommand()));
    List.of(
            new SnapshotCommand.Ls(surroundings),
            new SnapshotCommand.Rm(surroundings),
            new SnapshotCommand.Prune(surroundings))
        .forEach(command -> snapshot.addSubcommand(withHelp(new CommandLine(command))));
    return snapshot;
  }

  private static CommandLine withHelp(CommandLine command) {
    command
        .getCommandSpec()
        .usageMessage()
        .parameterListHeading("%nArguments:%n")
        .optionListHeading("%nOptions:%n");
    command.getCommandSpec().addMixin("help", WarrenCommand.helpOption());
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
      default -> "warren: internal error: %s: --trace shows where".formatted(failure);
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
