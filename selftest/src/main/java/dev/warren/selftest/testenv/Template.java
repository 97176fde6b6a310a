package dev.warren.selftest.testenv;

import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text with references to variables: {@code ${NAME}}, or {@code ${TESTENV.NAME}} for what another
 * testenv exports. A dollar sign before such a mark makes it literal; before anything else it is
 * itself.
 *
 * @param parts what the text is made of, in order
 */
public record Template(List<Part> parts) {
  private static final Pattern MARK = Pattern.compile("\\$?\\$\\{");
  private static final Pattern NAME =
      Pattern.compile("(?:([A-Za-z0-9_-]+)\\.)?([A-Za-z_][A-Za-z0-9_]*)");

  /** A piece of a template. */
  public sealed interface Part {}

  /** Text that stands for itself. */
  public record Literal(String text) implements Part {}

  /** A place where a value goes. */
  public record Reference(VariableName variable, Position position) implements Part {}

  /** Copies the list. */
  public Template {
    parts = List.copyOf(parts);
  }

  /** A template without references. */
  public static Template literal(String text) {
    return new Template(List.of(new Literal(text)));
  }

  /** The references in it, in order. */
  public List<Reference> references() {
    return parts.stream().filter(Reference.class::isInstance).map(Reference.class::cast).toList();
  }

  /** The text with a value for each reference. */
  public String expand(Function<VariableName, String> values) {
    return parts.stream()
        .map(
            part ->
                switch (part) {
                  case Literal(String text) -> text;
                  case Reference(VariableName variable, Position _) -> values.apply(variable);
                })
        .collect(Collectors.joining());
  }

  /** Reads a template; reports each reference that is none. */
  public static Template parse(ScalarNode node, Problems problems) {
    String text = node.value();
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    Matcher mark = MARK.matcher(text);
    int at = 0;
    while (mark.find(at)) {
      literal.append(text, at, mark.start());
      at = mark.end();
      if (mark.group().startsWith("$$")) {
        literal.append("${");
        continue;
      }
      int close = text.indexOf('}', at);
      Matcher name = NAME.matcher(close < 0 ? "" : text.substring(at, close));
      Position position = node.positionOf(mark.start());
      if (!name.matches()) {
        problems.add(
            position, "${NAME} or ${TESTENV.NAME} is expected here; write $${ for a literal ${");
        continue;
      }
      parts.add(new Literal(literal.toString()));
      literal.setLength(0);
      parts.add(new Reference(VariableName.of(name.group(1), name.group(2)), position));
      at = close + 1;
    }
    parts.add(new Literal(literal.append(text, at, text.length()).toString()));
    return new Template(parts);
  }
}
