package dev.warren.lab.file;

import dev.warren.lab.description.Condition;
import dev.warren.lab.source.Fields;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import dev.warren.lab.source.SequenceNode;
import dev.warren.lab.source.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Reads the conditions under which a service is ready; all of a mapping must hold:
 *
 * <pre>{@code
 * port: 80                        # TCP; udp: 53
 * socket: /run/db.sock            # a Unix socket
 * log: 'ready to accept'          # a regular expression
 * command: [db-ping, localhost]   # ends with 0; a single text is a script for bash
 * http: {port: 80, path: /health, status: 200}
 * file: /run/db.pid
 * any: [{port: 80}, {port: 8080}] # one of these
 * }</pre>
 */
final class ConditionReader {
  private static final int MOST_PORT = 65535;
  private static final int LEAST_STATUS = 100;
  private static final int MOST_STATUS = 599;
  private static final int OK = 200;

  private final Problems problems;

  ConditionReader(Problems problems) {
    this.problems = problems;
  }

  /** The conditions of a mapping; other keys, and {@link Fields#done}, are the caller's. */
  List<Condition> read(Fields fields) {
    List<Condition> conditions = new ArrayList<>();
    fields.integer("port", 1, MOST_PORT).ifPresent(port -> conditions.add(new Condition.Tcp(port)));
    fields.integer("udp", 1, MOST_PORT).ifPresent(port -> conditions.add(new Condition.Udp(port)));
    fields
        .scalar("socket")
        .flatMap(node -> made(node, path -> new Condition.UnixSocket(Path.of(path))))
        .ifPresent(conditions::add);
    fields
        .scalar("log")
        .flatMap(node -> made(node, Condition.LogLine::new))
        .ifPresent(conditions::add);
    fields.value("command").flatMap(node -> command(node, fields)).ifPresent(conditions::add);
    fields.fields("http").flatMap(this::http).ifPresent(conditions::add);
    fields
        .scalar("file")
        .flatMap(node -> made(node, path -> new Condition.FileExists(Path.of(path))))
        .ifPresent(conditions::add);
    any(fields).ifPresent(conditions::add);
    return conditions;
  }

  private Optional<Condition> made(ScalarNode node, Function<String, Condition> maker) {
    return node.text(problems).flatMap(text -> problems.attempt(node, () -> maker.apply(text)));
  }

  private Optional<Condition> command(YamlNode node, Fields fields) {
    List<String> arguments =
        node instanceof ScalarNode script
            ? script.text(problems).map(ConditionReader::shell).orElse(List.of())
            : fields.texts("command");
    boolean isEmptyList = node instanceof SequenceNode list && list.items().isEmpty();
    return arguments.isEmpty() && !isEmptyList
        ? Optional.empty()
        : problems.attempt(node, () -> new Condition.Command(arguments));
  }

  /** What runs a script so that its first failing command ends it. */
  static List<String> shell(String script) {
    return List.of("bash", "-e", "-o", "pipefail", "-c", script);
  }

  private Optional<Condition> http(Fields fields) {
    fields.require("port");
    OptionalInt port = fields.integer("port", 1, MOST_PORT);
    String path = fields.text("path").orElse("/");
    OptionalInt status =
        fields.value("status").isPresent()
            ? fields.integer("status", LEAST_STATUS, MOST_STATUS)
            : OptionalInt.of(OK);
    fields.done();
    if (port.isEmpty() || status.isEmpty()) {
      return Optional.empty();
    }
    return problems.attempt(
        fields.node(), () -> new Condition.Http(port.getAsInt(), path, status.getAsInt()));
  }

  private Optional<Condition> any(Fields fields) {
    Optional<YamlNode> node = fields.value("any");
    if (node.isEmpty()) {
      return Optional.empty();
    }
    List<Condition> alternatives = new ArrayList<>();
    for (Fields one : fields.fieldsList("any")) {
      List<Condition> all = read(one);
      one.done();
      if (all.size() == 1) {
        alternatives.add(all.getFirst());
      } else if (!all.isEmpty()) {
        alternatives.add(new Condition.AllOf(all));
      }
    }
    return problems.attempt(node.get(), () -> new Condition.AnyOf(alternatives));
  }
}
