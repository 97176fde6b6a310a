package dev.warren.lab.source;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Makes nodes of the parser's events. The library's own composer is not used because it expands
 * aliases (ten lines can become ten million nodes) and nests without a limit.
 */
final class EventComposer {

  /** Deeper nesting ends the reading: this class is recursive, and the scanner's time grows. */
  private static final int MAX_DEPTH = 64;

  /** Ends the reading: what follows cannot be read or is not worth it. */
  static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Position position;
    private final String problem;

    UnreadableException(Position position, String problem) {
      super(problem);
      this.position = position;
      this.problem = problem;
    }

    void reportTo(Problems problems) {
      problems.add(position, problem);
    }
  }

  private final String name;
  private final List<String> lines;
  private final Iterator<Event> events;
  private final Problems problems;
  private Position reached;

  EventComposer(String name, String text, Iterator<Event> events, Problems problems) {
    this.name = name;
    this.lines = text.lines().toList();
    this.events = events;
    this.problems = problems;
    this.reached = Position.of(name);
  }

  /** The only document of the stream; reports none and several. */
  Optional<YamlNode> document() {
    next(); // the stream starts
    if (next().getEventId() == Event.ID.StreamEnd) {
      problems.add(Position.of(name), "the file is empty");
      return Optional.empty();
    }
    YamlNode root = node(next(), 0);
    next(); // the document ends
    Event next = next();
    if (next.getEventId() != Event.ID.StreamEnd) {
      problems.add(position(next), "a second document starts here: one file holds one");
    }
    return Optional.of(root);
  }

  /** Where the last event starts: what goes wrong in the parser goes wrong behind it. */
  Position reached() {
    return reached;
  }

  private Event next() {
    Event event = events.next();
    reached = position(event);
    return event;
  }

  private YamlNode node(Event event, int depth) {
    Position position = position(event);
    if (event instanceof AliasEvent alias) {
      problems.add(
          position,
          "aliases are not supported: write out what *%s means".formatted(alias.getAlias()));
      return new ScalarNode(position, "", ScalarNode.Style.QUOTED, 0);
    }
    checkPlain((NodeEvent) event, position);
    return switch (event.getEventId()) {
      case Scalar -> scalar((ScalarEvent) event, position);
      case SequenceStart -> sequence(position, depth);
      case MappingStart -> mapping(position, depth);
      default -> throw new IllegalStateException("unexpected YAML event " + event);
    };
  }

  private void checkPlain(NodeEvent event, Position position) {
    event
        .getAnchor()
        .ifPresent(anchor -> problems.add(position, "anchors are not supported: &" + anchor));
    Optional<String> tag =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag();
          case CollectionStartEvent collection -> collection.getTag();
          default -> Optional.empty();
        };
    tag.ifPresent(t -> problems.add(position, "tags are not supported: " + t));
  }

  private ScalarNode scalar(ScalarEvent event, Position position) {
    ScalarStyle style = event.getScalarStyle();
    if (style == ScalarStyle.LITERAL) {
      int indent = indent(event.getValue(), position);
      return new ScalarNode(position, event.getValue(), ScalarNode.Style.LITERAL, indent);
    }
    ScalarNode.Style ours =
        style == ScalarStyle.PLAIN
            ? ScalarNode.Style.PLAIN
            : style == ScalarStyle.FOLDED ? ScalarNode.Style.FOLDED : ScalarNode.Style.QUOTED;
    return new ScalarNode(position, event.getValue(), ours, 0);
  }

  /** How far a literal block is indented: what its first line with words has more in the file. */
  private int indent(String value, Position position) {
    List<String> written = value.lines().toList();
    for (int i = 0; i < written.size(); i++) {
      if (!written.get(i).isBlank()) {
        int line = position.line() + i; // the block starts in the line after its |
        return line < lines.size()
            ? Math.max(0, lines.get(line).length() - written.get(i).length())
            : 0;
      }
    }
    return 0;
  }

  private SequenceNode sequence(Position position, int depth) {
    List<YamlNode> items = new ArrayList<>();
    for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
      items.add(child(event, depth));
    }
    return new SequenceNode(position, items);
  }

  private MappingNode mapping(Position position, int depth) {
    Map<String, MappingNode.Entry> entries = new LinkedHashMap<>();
    for (Event event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
      Position keyPosition = position(event);
      YamlNode key = child(event, depth);
      YamlNode value = child(next(), depth);
      if (key instanceof ScalarNode scalar) {
        add(entries, new MappingNode.Entry(scalar, value));
      } else {
        problems.add(keyPosition, "a key must be a single value, not " + key.kind());
      }
    }
    return new MappingNode(position, List.copyOf(entries.values()));
  }

  private void add(Map<String, MappingNode.Entry> entries, MappingNode.Entry entry) {
    MappingNode.Entry first = entries.putIfAbsent(entry.name(), entry);
    if (first != null) {
      problems.add(
          entry.key(),
          "the key \"%s\" is there twice: first in line %d"
              .formatted(entry.name(), first.key().position().line()));
    }
  }

  /** A node inside of a list or mapping. */
  private YamlNode child(Event event, int depth) {
    if (depth == MAX_DEPTH) {
      throw new UnreadableException(
          position(event), "this is nested too deep: at most " + MAX_DEPTH + " levels");
    }
    return node(event, depth + 1);
  }

  private Position position(Event event) {
    return event
        .getStartMark()
        .map(mark -> YamlFile.position(name, mark))
        .orElse(Position.of(name));
  }
}
