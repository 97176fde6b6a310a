package dev.warren.cli.completion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * What can stand on a command line, as tables that a shell can look up.
 *
 * <p>A command is called by its path, {@code ""} for warren itself. The kind of a value follows
 * from its label in the help: {@code FILE}, {@code FOLDER}, {@code LAB}, {@code HOST}, {@code
 * NETWORK}, {@code GROUP} (of hosts, with commas), {@code SERVICE} (of the host before it), {@code
 * COMMAND} (of a host), {@code TESTENV} (of the catalogue, with commas where an option takes
 * several), {@code PLAN}, {@code SNAPSHOT}, or the words of an enum.
 *
 * @param commands path to its subcommands
 * @param options path to its options, each name by itself
 * @param values {@code PATH OPTION}, or {@code PATH #INDEX} for an argument, to the kind of value;
 *     an option that is a switch has none. An index may end in {@code *}
 */
record Words(
    Map<String, List<Word>> commands, Map<String, List<Word>> options, Map<String, String> values) {

  private static final Pattern SENTENCE = Pattern.compile("^(.+?)[.:;]( |$).*");

  /** A word and what it means. */
  record Word(String text, String meaning) {}

  static Words of(CommandLine line) {
    Words words = new Words(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    words.add("", line);
    return words;
  }

  private void add(String path, CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    List<Word> subcommands = new ArrayList<>();
    line.getSubcommands()
        .forEach(
            (name, subcommand) -> {
              if (!subcommand.getCommandSpec().usageMessage().hidden()) {
                subcommands.add(
                    new Word(name, meaning(subcommand.getCommandSpec().usageMessage())));
              }
            });
    commands.put(path, subcommands);
    options.put(path, new ArrayList<>());
    // An inherited option is offered before the command.
    spec.options().stream()
        .filter(option -> !option.hidden() && !option.inherited())
        .forEach(option -> add(path, option));
    spec.positionalParameters().stream().filter(p -> !p.hidden()).forEach(p -> add(path, p));
    line.getSubcommands()
        .forEach((name, command) -> add(path.isEmpty() ? name : path + " " + name, command));
  }

  private void add(String path, OptionSpec option) {
    String meaning = meaning(option.description());
    for (String name : option.names()) {
      options.getOrDefault(path, List.of()).add(new Word(name, meaning));
      if (option.arity().max() > 0) {
        values.put(path + " " + name, kind(option));
      }
    }
  }

  private void add(String path, PositionalParamSpec argument) {
    int last = argument.index().isVariable() ? Integer.MAX_VALUE : argument.index().max();
    int first = argument.index().min();
    boolean isMany = last > first || argument.arity().max() > 1;
    String kind = path.equals("help") ? "topics" : kind(argument);
    values.put(path + " #" + first, kind);
    if (isMany) {
      values.put(path + " #*", kind.equals("command") ? "arguments" : kind);
    }
  }

  private static String kind(ArgSpec argument) {
    if (argument.completionCandidates() != null) {
      String words =
          StreamSupport.stream(argument.completionCandidates().spliterator(), false)
              .map(word -> word.toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(" "));
      if (!words.isEmpty()) {
        return "words " + words;
      }
    }
    String label = argument.paramLabel();
    if (label.contains("HOST")) {
      return "host";
    }
    if (label.contains("NETWORK")) {
      return "network";
    }
    if (label.startsWith("TESTENV")) {
      return argument.splitRegex().isEmpty() ? "testenv" : "testenvs";
    }
    return switch (label) {
      case "LAB" -> "lab";
      // An interface is meant by its network, too.
      case "INTERFACE" -> "network";
      case "GROUP" -> "group";
      case "SERVICE" -> "service";
      case "FILE" -> "file";
      case "PLAN" -> "plan";
      case "SNAPSHOT" -> "snapshot";
      case "FOLDER" -> "folder";
      case "COMMAND" -> "command";
      default -> "nothing";
    };
  }

  private static String meaning(UsageMessageSpec help) {
    return meaning(help.header().length > 0 ? help.header() : help.description());
  }

  /** The first sentence, without its end. */
  private static String meaning(String[] description) {
    String first = description.length == 0 ? "" : description[0].replaceAll("\\s+", " ");
    return SENTENCE.matcher(first).replaceFirst("$1").replaceFirst("[.:]$", "");
  }
}
