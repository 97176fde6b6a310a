package dev.warren.selftest.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One word of a simple shell command, quotes resolved, variables still open.
 *
 * @param parts what the word is made of, in order
 */
public record ShellWord(List<Part> parts) {

  /** A word that is nothing. */
  public static final ShellWord EMPTY = new ShellWord(List.of());

  /** A piece of a word. */
  public sealed interface Part {}

  /** Text that stands for itself. */
  public record Literal(String text) implements Part {}

  /** The value of a variable, and nothing where it is not set. */
  public record Variable(String name) implements Part {}

  /** Copies the list. */
  public ShellWord {
    parts = List.copyOf(parts);
  }

  /** A word without variables. */
  static ShellWord literal(String text) {
    return text.isEmpty() ? EMPTY : new ShellWord(List.of(new Literal(text)));
  }

  /** How many characters of it are known before the variables are. */
  public int literalLength() {
    int length = 0;
    for (Part part : parts) {
      length += part instanceof Literal(String text) ? text.length() : 0;
    }
    return length;
  }

  /** A regular expression for all that the word can become; it has no groups. */
  public String regex() {
    return parts.stream()
        .map(
            part ->
                switch (part) {
                  case Literal(String text) -> Pattern.quote(text);
                  case Variable _ -> ".*?";
                })
        .collect(Collectors.joining());
  }

  /** The word with the values of its variables; a value is never split into several words. */
  public String expand(Map<String, String> environment) {
    return parts.stream()
        .map(
            part ->
                switch (part) {
                  case Literal(String text) -> text;
                  case Variable(String name) -> environment.getOrDefault(name, "");
                })
        .collect(Collectors.joining());
  }

  /** What the word surely begins with: its text up to the first variable. */
  public String literalStart() {
    return parts.isEmpty() || !(parts.getFirst() instanceof Literal(String text)) ? "" : text;
  }

  /** What the word surely ends with: its text from the last variable on. */
  String literalEnd() {
    return parts.isEmpty() || !(parts.getLast() instanceof Literal(String text)) ? "" : text;
  }

  /** The word without the first {@code count} characters of {@link #literalStart()}. */
  ShellWord without(int count) {
    List<Part> rest = new ArrayList<>(parts);
    Literal first = new Literal(literalStart().substring(count));
    rest.removeFirst();
    rest.addFirst(first);
    return new ShellWord(rest);
  }

  /**
   * The words of a command that is nothing but words: quotes, backslashes, {@code $NAME} and {@code
   * ${NAME}}.
   *
   * @return the words; empty when the shell would see more in it (a pipe, a redirection, a
   *     substitution, a pattern) or when a quote stays open
   */
  public static Optional<List<ShellWord>> split(String command) {
    return new ShellWordParser(command).parse();
  }
}
