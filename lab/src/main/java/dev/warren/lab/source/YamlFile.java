package dev.warren.lab.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads YAML files into nodes. */
public final class YamlFile {

  /** Files above this size, in bytes, are refused: nobody writes them by hand. */
  public static final int MAX_SIZE = 4 << 20;

  private YamlFile() {}

  /**
   * Reads a file.
   *
   * @param problems takes what is wrong, also that the file cannot be read
   * @return the value the file holds; empty, with at least one problem reported, when it holds none
   */
  public static Optional<YamlNode> read(Path file, Problems problems) {
    Position whole = Position.of(file.toString());
    byte[] bytes;
    try {
      long size = Files.size(file);
      if (size > MAX_SIZE) {
        problems.add(whole, "the file has %d bytes, at most %d are read".formatted(size, MAX_SIZE));
        return Optional.empty();
      }
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      problems.add(whole, "there is no such file");
      return Optional.empty();
    } catch (IOException e) {
      problems.add(whole, "the file cannot be read: " + e.getMessage());
      return Optional.empty();
    }
    return decode(file.toString(), bytes, problems)
        .flatMap(text -> parse(file.toString(), text, problems));
  }

  /**
   * Reads text.
   *
   * @param name what problems call the file
   * @param problems takes what is wrong
   * @return the value the text holds; empty, with at least one problem reported, when it holds none
   */
  public static Optional<YamlNode> parse(String name, String text, Problems problems) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(name).setCodePointLimit(MAX_SIZE).build();
    ParserImpl parser = new ParserImpl(settings, new StreamReader(settings, text));
    EventComposer composer = new EventComposer(name, text, parser, problems);
    try {
      return composer.document();
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      Position position = mark.map(m -> position(name, m)).orElse(Position.of(name));
      problems.add(position, "this is not YAML: " + oneLine(complaint(e)));
    } catch (EventComposer.UnreadableException e) {
      e.reportTo(problems);
    } catch (ReaderException e) {
      String character = "U+%04X".formatted(e.getCodePoint());
      problems.add(
          firstOf(name, text, e.getCodePoint()), "the character " + character + " is not allowed");
    } catch (YamlEngineException e) {
      problems.add(
          Position.of(name), "this is not YAML: " + oneLine(String.valueOf(e.getMessage())));
    } catch (IllegalArgumentException e) {
      // snakeyaml-engine 3.2 lets this out when the file ends in an escape, as in "\x.
      problems.add(composer.reached(), "this is not YAML: there is a bad escape after this place");
    }
    return Optional.empty();
  }

  static Position position(String name, Mark mark) {
    return new Position(name, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static Optional<String> decode(String name, byte[] bytes, Problems problems) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    // A new decoder reports malformed input instead of replacing it.
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      problems.add(end(name, text), "the file is not UTF-8 from here on");
      return Optional.empty();
    }
    return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  private static String complaint(MarkedYamlEngineException e) {
    // The parts are null where the scanner had nothing to say.
    StringBuilder words = new StringBuilder();
    for (Object part : new Object[] {e.getContext(), e.getProblem()}) {
      if (part instanceof String said && !said.isBlank()) {
        words.append(words.isEmpty() ? "" : ": ").append(said);
      }
    }
    return words.isEmpty() ? "syntax error" : words.toString();
  }

  private static Position firstOf(String name, String text, int codePoint) {
    int index = text.indexOf(codePoint);
    return index < 0 ? Position.of(name) : end(name, text.substring(0, index));
  }

  /** The position just behind a text that starts the file. */
  private static Position end(String name, String text) {
    int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
    int column = 1 + text.codePointCount(text.lastIndexOf('\n') + 1, text.length());
    return new Position(name, line, column);
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s+", " ").strip();
  }
}
