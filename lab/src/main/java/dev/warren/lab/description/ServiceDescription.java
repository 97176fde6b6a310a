package dev.warren.lab.description;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that a host keeps running, or a step that it takes once.
 *
 * @param name unique on the host: letters, digits, {@code - _ .}, at most 63
 * @param kind whether it runs on or ends
 * @param command the program and its arguments; it must stay in the foreground
 * @param user whom it runs as; nobody means the host's root
 * @param directory where it starts
 * @param environment what is added to the usual environment
 * @param needs what must be ready before it is started: {@code service} or {@code host/service}
 * @param ready when it is ready
 * @param restart what happens when it ends by itself
 * @param stop how it is stopped
 * @param log where its output goes, as the host sees files; default {@link #logFile}
 */
public record ServiceDescription(
    String name,
    Kind kind,
    List<String> command,
    Optional<String> user,
    Path directory,
    Map<String, String> environment,
    List<String> needs,
    Readiness ready,
    RestartPolicy restart,
    StopPolicy stop,
    Optional<Path> log) {
  /** Where the logs of services lie that say nothing else. */
  private static final Path LOGS = Path.of("/run/warren/log");

  /** What a service is for. */
  public enum Kind {
    /** It runs until it is stopped. */
    LONG_RUNNING,
    /** It does something and ends; it is ready when it has ended with exit code 0. */
    ONCE
  }

  /** Copies and checks every value. */
  public ServiceDescription {
    Checks.serviceName(name);
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    needs = List.copyOf(needs);
    Checks.check(!command.isEmpty() && !command.getFirst().isEmpty(), "a service needs a program");
    Checks.path(directory);
    log.ifPresent(Checks::filePath);
    user.ifPresent(one -> Checks.field("user", one));
    environment.keySet().forEach(Checks::variable);
    if (kind == Kind.ONCE) {
      Checks.check(
          ready.condition().isEmpty(),
          "a service of type \"once\" is ready when it has ended with 0: no other condition");
      Checks.check(
          restart.when() == RestartPolicy.When.NEVER,
          "a service of type \"once\" is not restarted: \"restart\" is for long-running ones");
    }
  }

  /** Starts a description with a program and its arguments. */
  public static ServiceBuilder of(String name, String... command) {
    return of(name, List.of(command));
  }

  /** Starts a description with a program and its arguments. */
  public static ServiceBuilder of(String name, List<String> command) {
    return new ServiceBuilder(name, command);
  }

  /**
   * Starts a description with a script for bash, which ends at its first failing command, those
   * inside a pipe included.
   */
  public static ServiceBuilder script(String name, String text) {
    return of(name, "bash", "-e", "-o", "pipefail", "-c", text);
  }

  /** Where its output goes, as the host sees files. */
  public Path logFile() {
    return log.orElseGet(() -> LOGS.resolve(name + ".log"));
  }

  /**
   * What must be ready before it is started.
   *
   * @param host the host that it is of
   */
  public List<ServiceName> needs(String host) {
    return needs.stream().map(text -> ServiceName.parse(text, host)).toList();
  }
}
