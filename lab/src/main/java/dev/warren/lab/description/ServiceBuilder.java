package dev.warren.lab.description;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a {@link ServiceDescription} together; {@link #build} checks it and throws
 * IllegalArgumentException with a message for the user. For one thread.
 */
public final class ServiceBuilder {
  private final String name;
  private final List<String> command;
  private ServiceDescription.Kind kind = ServiceDescription.Kind.LONG_RUNNING;
  private Optional<String> user = Optional.empty();
  private Path directory = Path.of("/");
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<String> needs = new ArrayList<>();
  private final List<Condition> conditions = new ArrayList<>();
  private Optional<Duration> within = Optional.empty();
  private RestartPolicy restart = RestartPolicy.of(RestartPolicy.When.NEVER);
  private StopPolicy stop = StopPolicy.DEFAULT;
  private Optional<Path> log = Optional.empty();

  ServiceBuilder(String name, List<String> command) {
    this.name = Checks.serviceName(name);
    this.command = List.copyOf(command);
  }

  /** It does something and ends, and is ready when it has ended with exit code 0. */
  public ServiceBuilder once() {
    kind = ServiceDescription.Kind.ONCE;
    return this;
  }

  /** Whom it runs as; default: the host's root. */
  public ServiceBuilder user(String value) {
    user = Optional.of(Checks.field("user", value));
    return this;
  }

  /** Where it starts; default: the root folder. */
  public ServiceBuilder directory(Path value) {
    directory = Checks.path(value);
    return this;
  }

  /** Adds a variable to its environment. */
  public ServiceBuilder environment(String variable, String value) {
    environment.put(Checks.variable(variable), value);
    return this;
  }

  /** Adds what must be ready before: {@code service} of the same host, or {@code host/service}. */
  public ServiceBuilder needs(String service) {
    needs.add(service);
    return this;
  }

  /** Adds a condition of its readiness; all must hold. */
  public ServiceBuilder ready(Condition condition) {
    conditions.add(condition);
    return this;
  }

  /** How long it may take to be ready; default 30 s, 5 min for a step that is taken once. */
  public ServiceBuilder within(Duration time) {
    within = Optional.of(time);
    return this;
  }

  /** What happens when it ends by itself; default: nothing. */
  public ServiceBuilder restart(RestartPolicy value) {
    restart = value;
    return this;
  }

  /** How it is stopped; default: SIGTERM, and SIGKILL after 10 s. */
  public ServiceBuilder stop(SignalName signal, Duration time) {
    stop = new StopPolicy(signal, time);
    return this;
  }

  /** A file of the host for its output; default: one that Warren keeps. */
  public ServiceBuilder log(Path file) {
    log = Optional.of(Checks.filePath(file));
    return this;
  }

  /** The description so far. */
  public ServiceDescription build() {
    Optional<Condition> condition =
        switch (conditions.size()) {
          case 0 -> Optional.empty();
          case 1 -> Optional.of(conditions.getFirst());
          default -> Optional.of(new Condition.AllOf(conditions));
        };
    boolean once = kind == ServiceDescription.Kind.ONCE;
    Duration time = within.orElse(once ? Readiness.DEFAULT_ONCE : Readiness.DEFAULT_WITHIN);
    return new ServiceDescription(
        name,
        kind,
        command,
        user,
        directory,
        environment,
        needs,
        new Readiness(condition, time),
        restart,
        stop,
        log);
  }
}
