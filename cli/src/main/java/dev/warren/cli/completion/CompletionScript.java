package dev.warren.cli.completion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Scripts by which shells complete the command line. What commands and options there are is written
 * into the script, and where the catalogues are; labs, hosts, networks, testenvs, plans and
 * snapshots are looked up by the script itself, in the folders where they are, so that no JVM is
 * started while somebody types.
 */
public enum CompletionScript {
  /** bash 4.4 or newer, with or without the package bash-completion. */
  BASH,
  /** zsh with its completion system (compinit). */
  ZSH,
  /** fish 3.4 or newer. */
  FISH;

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The script for a command line with these commands.
   *
   * @param catalogues the folder of the catalogues
   */
  public String of(CommandLine line, Path catalogues) {
    Words words = Words.of(line);
    String script =
        switch (this) {
          case BASH -> template("warren.bash").replace("@COMMON@", common(words, catalogues));
          case ZSH -> template("warren.zsh").replace("@COMMON@", common(words, catalogues));
          case FISH -> template("warren.fish").replace("@DATA@", fishData(words, catalogues));
        };
    return script.replace("@TESTENVS@", template("testenvs.awk").strip());
  }

  private static String common(Words words, Path catalogues) {
    UnaryOperator<String> quote = text -> "'" + text.replace("'", "'\\''") + "'";
    String data =
        Stream.of(
                "_warren_catalogues=" + quote.apply(catalogues.toString()) + "\n",
                function("_warren_commands", words(words.commands(), quote)),
                function("_warren_options", words(words.options(), quote)),
                function("_warren_value", values(words.values(), quote)))
            .collect(Collectors.joining("\n"));
    return data + "\n" + template("common.sh").strip();
  }

  private static String function(String name, Stream<Map.Entry<String, String>> cases) {
    return cases
        .map(entry -> "    %s) %s ;;\n".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining("", name + "() {\n  case $1 in\n", "  esac\n}\n"));
  }

  private static String fishData(Words words, Path catalogues) {
    UnaryOperator<String> quote =
        text -> "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    return Stream.of(
            "set --global __warren_catalogues " + quote.apply(catalogues.toString()) + "\n",
            fishFunction("__warren_commands", words(words.commands(), quote)),
            fishFunction("__warren_options", words(words.options(), quote)),
            fishFunction("__warren_value", fishValues(words.values(), quote)))
        .collect(Collectors.joining("\n"))
        .strip();
  }

  private static String fishFunction(String name, Stream<Map.Entry<String, String>> cases) {
    return cases
        .map(
            entry ->
                "        case %s\n            %s\n".formatted(entry.getKey(), entry.getValue()))
        .collect(
            Collectors.joining(
                "", "function " + name + "\n    switch $argv[1]\n", "    end\nend\n"));
  }

  /** Lines of a word, a tab and its meaning. */
  private static Stream<Map.Entry<String, String>> words(
      Map<String, List<Words.Word>> table, UnaryOperator<String> quote) {
    return table.entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .map(
            entry ->
                Map.entry(
                    quote.apply(entry.getKey()),
                    entry.getValue().stream()
                        .flatMap(word -> Stream.of(word.text(), word.meaning()))
                        .map(quote)
                        .collect(Collectors.joining(" ", "printf '%s\\t%s\\n' ", ""))));
  }

  /** In a shell a pattern's star stands outside of quotes. */
  private static Stream<Map.Entry<String, String>> values(
      Map<String, String> table, UnaryOperator<String> quote) {
    return exactFirst(table)
        .map(
            entry -> {
              String key = entry.getKey();
              String pattern =
                  key.endsWith("*")
                      ? quote.apply(key.substring(0, key.length() - 1)) + "*"
                      : quote.apply(key);
              return Map.entry(pattern, "printf '%s\\n' " + quote.apply(entry.getValue()));
            });
  }

  /** In fish the command {@code case} itself looks for the star. */
  private static Stream<Map.Entry<String, String>> fishValues(
      Map<String, String> table, UnaryOperator<String> quote) {
    return exactFirst(table)
        .map(
            entry ->
                Map.entry(quote.apply(entry.getKey()), "echo " + quote.apply(entry.getValue())));
  }

  private static Stream<Map.Entry<String, String>> exactFirst(Map<String, String> table) {
    return Stream.concat(
        table.entrySet().stream().filter(entry -> !entry.getKey().endsWith("*")),
        table.entrySet().stream().filter(entry -> entry.getKey().endsWith("*")));
  }

  private static String template(String name) {
    try (InputStream file = CompletionScript.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException(name + " is missing in this build");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
