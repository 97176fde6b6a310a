package dev.warren.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A page about an example, as a script. In its {@code console} blocks a line after "$ " is a
 * command, "> " continues one that ended in a backslash, and what follows is the output:
 *
 * <pre>
 * $ ./warren exec a -- ping -c1 c
 * ...
 * 1 packets transmitted, 1 received, ...
 * </pre>
 *
 * @param needs what its comments {@code <!-- needs: ... -->} say
 * @param steps the commands of all blocks
 * @param warrenCommands every word that follows {@code ./warren} or {@code warren} in code
 */
record ExamplePage(List<String> needs, List<Step> steps, List<String> warrenCommands) {

  private static final Pattern NEED = Pattern.compile("<!-- needs: (.+?) -->");
  private static final Pattern BLOCK =
      Pattern.compile("^```console\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern WARREN = Pattern.compile("(?:\\./|`)warren ([a-z][a-z-]*)");

  /**
   * A command and what it prints.
   *
   * @param expected lines with "..." for any text, alone for any lines; empty when it does not
   *     matter
   */
  record Step(String command, List<String> expected) {

    /** Whether this is what the page shows. Runs of blanks are one. */
    boolean accepts(String output) {
      return expected.isEmpty() || pattern().matcher(plain(output)).matches();
    }

    private Pattern pattern() {
      StringBuilder pattern = new StringBuilder();
      for (String line : expected) {
        if (line.equals("...")) {
          pattern.append("(?:.*\\n)*");
        } else {
          String[] parts = plain(line).strip().split(Pattern.quote("..."), -1);
          pattern.append(String.join(".*", Arrays.stream(parts).map(Pattern::quote).toList()));
          pattern.append("\\n");
        }
      }
      return Pattern.compile(pattern.toString());
    }

    private static String plain(String text) {
      StringBuilder plain = new StringBuilder();
      text.replace("\r", "")
          .lines()
          .forEach(line -> plain.append(line.strip().replaceAll("[ \t]+", " ")).append('\n'));
      return plain.toString();
    }
  }

  static ExamplePage read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  static ExamplePage parse(String text) {
    List<Step> steps = new ArrayList<>();
    BLOCK
        .matcher(text)
        .results()
        .forEach(block -> steps.addAll(steps(block.group(1).lines().toList())));
    return new ExamplePage(found(NEED, text), steps, found(WARREN, text));
  }

  private static List<Step> steps(List<String> lines) {
    List<Step> steps = new ArrayList<>();
    List<String> output = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("$ ")) {
        output = new ArrayList<>();
        steps.add(new Step(line.substring(2), output));
      } else if (line.startsWith("> ") && !steps.isEmpty() && output.isEmpty()) {
        String command = steps.removeLast().command();
        steps.add(new Step(command + "\n" + line.substring(2), output));
      } else if (steps.isEmpty()) {
        throw new IllegalArgumentException("output before any command: " + line);
      } else {
        output.add(line);
      }
    }
    return steps;
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
  }
}
