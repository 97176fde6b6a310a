package dev.warren.lab.process;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command to start in a host. Immutable: each method gives a changed copy.
 *
 * @param arguments the program (looked up in PATH of the environment) and its arguments
 * @param environment its variables
 * @param directory where it starts, as the host sees files
 * @param streams where it reads and writes; pipes unless told otherwise
 * @param terminal the terminal that it runs on, instead of the streams
 * @param user whom of the host's passwd it runs as; nobody means the host's root
 */
public record HostCommand(
    List<String> arguments,
    ProcessEnvironment environment,
    Path directory,
    StandardStreams streams,
    Optional<TerminalSize> terminal,
    Optional<String> user) {
  /**
   * The size of a terminal.
   *
   * @param rows from 1
   * @param columns from 1
   */
  public record TerminalSize(int rows, int columns) {
    /** Checks both. */
    public TerminalSize {
      if (rows < 1 || columns < 1 || rows > Short.MAX_VALUE || columns > Short.MAX_VALUE) {
        throw new IllegalArgumentException("no terminal is " + columns + " by " + rows);
      }
    }
  }

  /** Copies. */
  public HostCommand {
    arguments = List.copyOf(arguments);
  }

  /** A program and its arguments, with pipes and the default environment, in the root folder. */
  public static HostCommand of(String... arguments) {
    return of(List.of(arguments));
  }

  /** A program and its arguments, with pipes and the default environment, in the root folder. */
  public static HostCommand of(List<String> arguments) {
    return new HostCommand(
        arguments,
        new ProcessEnvironment(Map.of(), true),
        Path.of("/"),
        StandardStreams.PIPES,
        Optional.empty(),
        Optional.empty());
  }

  /** A script for bash that ends at its first failing command, those inside a pipe included. */
  public static HostCommand shell(String script) {
    return of("bash", "-e", "-o", "pipefail", "-c", script);
  }

  /** Another program, or other arguments. */
  public HostCommand arguments(List<String> others) {
    return new HostCommand(others, environment, directory, streams, terminal, user);
  }

  /** With another environment; nothing is added to it. */
  public HostCommand environment(Map<String, String> variables) {
    return environment(new ProcessEnvironment(variables, false));
  }

  /** With further variables, which count more than those that it has. */
  public HostCommand variables(Map<String, String> more) {
    return environment(environment.with(more));
  }

  private HostCommand environment(ProcessEnvironment other) {
    return new HostCommand(arguments, other, directory, streams, terminal, user);
  }

  /** With another place to start in. */
  public HostCommand directory(Path place) {
    return new HostCommand(arguments, environment, place, streams, terminal, user);
  }

  /** With other places to read and write. */
  public HostCommand streams(StandardStreams others) {
    return new HostCommand(arguments, environment, directory, others, terminal, user);
  }

  /** With another place to read. */
  public HostCommand stdin(Redirect redirect) {
    return streams(streams.withStdin(redirect));
  }

  /** With another place to write. */
  public HostCommand stdout(Redirect redirect) {
    return streams(streams.withStdout(redirect));
  }

  /** With another place to complain. */
  public HostCommand stderr(Redirect redirect) {
    return streams(streams.withStderr(redirect));
  }

  /** Complaining where it writes. */
  public HostCommand mergeErrors() {
    return streams(streams.withErrorsMerged());
  }

  /** Using this JVM's own standard streams, as a shell for a person does. */
  public HostCommand inheritStreams() {
    return stdin(Redirect.INHERIT).stdout(Redirect.INHERIT).stderr(Redirect.INHERIT);
  }

  /**
   * Adding what it writes, and its complaints, to a file of the host; folders above are made.
   *
   * @param file as the host sees files
   */
  public HostCommand log(Path file) {
    return streams(streams.withLog(file));
  }

  /**
   * As a user of the host: with the uid, gid and supplementary groups that the host's passwd and
   * group give, and, unless an environment was given, with HOME, USER, LOGNAME and SHELL.
   */
  public HostCommand user(String name) {
    return new HostCommand(arguments, environment, directory, streams, terminal, Optional.of(name));
  }

  /**
   * On a new terminal of the host, which is the controlling one of its session. What it writes is
   * the process's standard output, errors included; what it reads is typed: to the end of input
   * goes Ctrl-D (4).
   */
  public HostCommand terminal(int rows, int columns) {
    return new HostCommand(
        arguments,
        environment,
        directory,
        streams,
        Optional.of(new TerminalSize(rows, columns)),
        user);
  }
}
