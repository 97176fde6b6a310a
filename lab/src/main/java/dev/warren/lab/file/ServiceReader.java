package dev.warren.lab.file;

import dev.warren.lab.description.RestartPolicy;
import dev.warren.lab.description.ServiceBuilder;
import dev.warren.lab.description.ServiceDescription;
import dev.warren.lab.description.SignalName;
import dev.warren.lab.description.StopPolicy;
import dev.warren.lab.source.Fields;
import dev.warren.lab.source.MappingNode;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import dev.warren.lab.source.SequenceNode;
import dev.warren.lab.source.YamlNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the services of a host:
 *
 * <pre>{@code
 * services:
 *   tables:
 *     type: once                         # default: long-running
 *     script: |                          # for bash -e -o pipefail; or command: [PROGRAM, ARGUMENT...]
 *       mkdir /srv/data
 *     ready: {within: 1m}
 *   db:
 *     command: [dbd, --foreground]
 *     user: db
 *     directory: /srv
 *     environment: {TZ: UTC}
 *     needs: [tables, hub/dns]           # services of this host, or HOST/SERVICE
 *     ready: {port: 5432, within: 20s}   # see ConditionReader
 *     restart: {when: on-failure, limit: 5, delay: 200ms}   # or a word: never, on-failure, always
 *     stop: {signal: INT, within: 5s}
 *     log: /var/log/db.log
 * }</pre>
 */
final class ServiceReader {
  private static final String ONCE = "once";
  private static final String LONG_RUNNING = "long-running";

  private final Problems problems;
  private final ConditionReader conditions;

  ServiceReader(Problems problems) {
    this.problems = problems;
    this.conditions = new ConditionReader(problems);
  }

  /** A service by its name; empty when the name is bad. */
  Optional<ServiceDescription> service(MappingNode.Entry entry) {
    int before = problems.list().size();
    Fields fields = Fields.of(entry.value(), problems);
    List<String> command = command(fields);
    // One with mistakes in these is read all the same, for its others.
    List<String> any = command.isEmpty() ? List.of("true") : command;
    Optional<ServiceBuilder> service =
        problems.attempt(entry.key(), () -> ServiceDescription.of(entry.name(), any));
    ServiceBuilder builder = service.orElseGet(() -> ServiceDescription.of("nameless", any));
    fields.scalar("type").ifPresent(type -> kind(type, builder));
    fields.scalar("user").ifPresent(user -> set(user, builder::user));
    fields
        .scalar("directory")
        .ifPresent(path -> set(path, text -> builder.directory(Path.of(text))));
    fields
        .scalarMap("environment")
        .forEach((name, value) -> set(value, text -> builder.environment(name, text)));
    fields.texts("needs").forEach(builder::needs);
    fields.value("restart").flatMap(this::restart).ifPresent(builder::restart);
    fields.fields("stop").ifPresent(stop -> stop(stop, builder));
    fields.scalar("log").ifPresent(path -> set(path, text -> builder.log(Path.of(text))));
    fields.fields("ready").ifPresent(ready -> ready(ready, builder));
    fields.done();
    Optional<ServiceDescription> good =
        problems.list().size() > before
            ? Optional.empty()
            : problems.attempt(entry.key(), builder::build);
    // In place of one with mistakes, so that nobody is told that it is not there.
    return good.or(() -> service.map(_ -> ServiceDescription.of(entry.name(), any).build()));
  }

  private List<String> command(Fields fields) {
    Optional<YamlNode> command = fields.value("command");
    Optional<ScalarNode> script = fields.scalar("script");
    if (command.isPresent() == script.isPresent()) {
      String message =
          command.isPresent()
              ? "give \"command\" or \"script\", not both"
              : "say what to run: \"command: [PROGRAM, ARGUMENT...]\" or \"script: TEXT\"";
      problems.add(
          command.isPresent() ? fields.position("command") : fields.node().position(), message);
    }
    if (script.isPresent()) {
      return script.get().text(problems).map(ConditionReader::shell).orElse(List.of());
    }
    List<String> words = fields.texts("command");
    boolean nameless = !words.isEmpty() && words.getFirst().isEmpty();
    if (command.isPresent()
        && command.get() instanceof SequenceNode list
        && (list.items().isEmpty() || nameless)) {
      problems.add(list, "a command needs a program");
    }
    return nameless ? List.of() : words;
  }

  private void set(ScalarNode node, Function<String, ServiceBuilder> setter) {
    node.text(problems).ifPresent(text -> problems.attempt(node, () -> setter.apply(text)));
  }

  private void kind(ScalarNode node, ServiceBuilder builder) {
    switch (node.value()) {
      case ONCE -> {
        var _ = builder.once();
      }
      case LONG_RUNNING -> {}
      default ->
          problems.add(node, "a type of service is \"%s\" or \"%s\"".formatted(LONG_RUNNING, ONCE));
    }
  }

  private Optional<RestartPolicy> restart(YamlNode node) {
    if (node instanceof ScalarNode word) {
      return when(word).map(RestartPolicy::of);
    }
    Fields fields = Fields.of(node, problems);
    fields.require("when");
    Optional<RestartPolicy.When> when = fields.scalar("when").flatMap(this::when);
    OptionalInt limit = fields.integer("limit", 1, Integer.MAX_VALUE);
    var delay = fields.duration("delay").orElse(RestartPolicy.DEFAULT_DELAY);
    fields.done();
    return when.flatMap(
        policy ->
            problems.attempt(
                node,
                () -> new RestartPolicy(policy, limit.orElse(RestartPolicy.DEFAULT_LIMIT), delay)));
  }

  private Optional<RestartPolicy.When> when(ScalarNode node) {
    Optional<RestartPolicy.When> when =
        Arrays.stream(RestartPolicy.When.values())
            .filter(one -> one.toString().equals(node.value()))
            .findFirst();
    if (when.isEmpty()) {
      problems.add(
          node,
          "a service is restarted "
              + Arrays.stream(RestartPolicy.When.values())
                  .map(Object::toString)
                  .collect(Collectors.joining(", ")));
    }
    return when;
  }

  private void stop(Fields fields, ServiceBuilder builder) {
    SignalName signal =
        fields.scalar("signal").flatMap(this::signal).orElse(StopPolicy.DEFAULT.signal());
    var within = fields.duration("within").orElse(StopPolicy.DEFAULT.within());
    fields.done();
    builder.stop(signal, within);
  }

  private Optional<SignalName> signal(ScalarNode node) {
    String name = node.value().toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
    Optional<SignalName> signal =
        Arrays.stream(SignalName.values()).filter(one -> one.name().equals(name)).findFirst();
    if (signal.isEmpty()) {
      problems.add(
          node,
          "no signal \"%s\" here, only %s"
              .formatted(
                  node.value(),
                  Arrays.stream(SignalName.values())
                      .map(SignalName::name)
                      .collect(Collectors.joining(", "))));
    }
    return signal;
  }

  private void ready(Fields fields, ServiceBuilder builder) {
    conditions.read(fields).forEach(builder::ready);
    fields
        .scalar("within")
        .ifPresent(
            node ->
                node.duration(problems)
                    .ifPresent(
                        time -> {
                          if (time.isPositive()) {
                            builder.within(time);
                          } else {
                            problems.add(node, "a time limit must be more than nothing");
                          }
                        }));
    fields.done();
  }
}
