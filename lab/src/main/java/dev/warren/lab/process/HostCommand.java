package dev.warren.lab.process;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command to start in a host. Immutable: each method gives a changed copy.
 *
 * @param arguments the program (looked up in PATH of the environment) and its arguments
 * @param environment its variables: all of them, or those besides the usual ones
 * @param usualEnvironment whether it also gets {@link #DEFAULT_ENVIRONMENT} and what a user has
 * @param directory where it starts, as the host sees files
 * @param stdin where it reads; a pipe unless told otherwise
 * @param stdout where it writes; a pipe unless told otherwise
 * @param stderr where it complains; a pipe unless told otherwise
 * @param errorsMerged whether its complaints go where it writes
 * @param user whom of the host's passwd it runs as; nobody means the host's root
 * @param terminal the terminal that it runs on, instead of the three places above
 * @param log a file of the host that both its outputs are added to, instead of the places above
 */
public record HostCommand(
    List<String> arguments,
    Map<String, String> environment,
    boolean usualEnvironment,
    Path directory,
    Redirect stdin,
    Redirect stdout,
    Redirect stderr,
    boolean errorsMerged,
    Optional<String> user,
    Optional<TerminalSize> terminal,
    Optional<Path> log) {
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

  /** What a command finds in its environment unless told otherwise. */
  public static final Map<String, String> DEFAULT_ENVIRONMENT =
      Map.of(
          "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
          "HOME", "/root",
          "LANG", "C.UTF-8");

  /** Copies. */
  public HostCommand {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /** A program and its arguments, with pipes and the default environment, in the root folder. */
  public static HostCommand of(String... arguments) {
    return of(List.of(arguments));
  }

  /** A program and its arguments, with pipes and the default environment, in the root folder. */
  public static HostCommand of(List<String> arguments) {
    return new HostCommand(
        arguments,
        Map.of(),
        true,
        Path.of("/"),
        Redirect.PIPE,
        Redirect.PIPE,
        Redirect.PIPE,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A script for bash that ends at its first failing command, those inside a pipe included. */
  public static HostCommand shell(String script) {
    return of("bash", "-e", "-o", "pipefail", "-c", script);
  }

  /** With another environment; nothing is added to it. */
  public HostCommand environment(Map<String, String> variables) {
    return new HostCommand(
        arguments,
        variables,
        false,
        directory,
        stdin,
        stdout,
        stderr,
        errorsMerged,
        user,
        terminal,
        log);
  }

  /** With further variables, which count more than those that it has. */
  public HostCommand variables(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(more);
    return new HostCommand(
        arguments,
        all,
        usualEnvironment,
        directory,
        stdin,
        stdout,
        stderr,
        errorsMerged,
        user,
        terminal,
        log);
  }

  /**
   * All variables that it gets.
   *
   * @param ofUser what its user has, as HOME
   */
  public Map<String, String> environment(Optional<Map<String, String>> ofUser) {
    Map<String, String> all = new HashMap<>();
    if (usualEnvironment) {
      all.putAll(DEFAULT_ENVIRONMENT);
      ofUser.ifPresent(all::putAll);
    }
    all.putAll(environment);
    return all;
  }

  /** With another place to start in. */
  public HostCommand directory(Path place) {
    return new HostCommand(
        arguments,
        environment,
        usualEnvironment,
        place,
        stdin,
        stdout,
        stderr,
        errorsMerged,
        user,
        terminal,
        log);
  }

  /** With another place to read. */
  public HostCommand stdin(Redirect redirect) {
    return new HostCommand(
        arguments,
        environment,
        usualEnvironment,
        directory,
        redirect,
        stdout,
        stderr,
        errorsMerged,
        user,
        terminal,
        log);
  }

  /** With another place to write. */
  public HostCommand stdout(Redirect redirect) {
    return new HostCommand(
        arguments,
        environment,
        usualEnvironment,
        directory,
        stdin,
        redirect,
        stderr,
        errorsMerged,
        user,
        terminal,
        log);
  }

  /** With another place to complain. */
  public HostCommand stderr(Redirect redirect) {
    return new HostCommand(
        arguments,
        environment,
        usualEnvironment,
        directory,
        stdin,
        stdout,
        redirect,
        errorsMerged,
        user,
        terminal,
        log);
  }

  /** Complaining where it writes. */
  public HostCommand mergeErrors() {
    return new HostCommand(
        arguments,
        environment,
        usualEnvironment,
        directory,
        stdin,
        stdout,
        stderr,
        true,
        user,
        terminal,
        log);
  }

  /** Using this JVM's own standard streams, as a shell for a person does. */
  public HostCommand inheritStreams() {
    return stdin(Redirect.INHERIT).stdout(Redirect.INHERIT).stderr(Redirect.INHERIT);
  }

  /**
   * As a user of the host: with the uid, gid and supplementary groups that the host's passwd and
   * group give, and, unless an environment was given, with HOME, USER, LOGNAME and SHELL.
   */
  public HostCommand user(String name) {
    return new HostCommand(
        arguments,
        environment,
        usualEnvironment,
        directory,
        stdin,
        stdout,
        stderr,
        errorsMerged,
        Optional.of(name),
        terminal,
        log);
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
        usualEnvironment,
        directory,
        stdin,
        stdout,
        stderr,
        errorsMerged,
        user,
        Optional.of(new TerminalSize(rows, columns)),
        log);
  }

  /**
   * Adding what it writes, and its complaints, to a file of the host; folders above are made.
   *
   * @param file as the host sees files
   */
  public HostCommand log(Path file) {
    return new HostCommand(
        arguments,
        environment,
        usualEnvironment,
        directory,
        stdin,
        stdout,
        stderr,
        errorsMerged,
        user,
        terminal,
        Optional.of(file));
  }
}
