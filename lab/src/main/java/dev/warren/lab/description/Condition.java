package dev.warren.lab.description;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Something by which a service is seen to be ready; all of it is looked at inside its host. */
public sealed interface Condition {
  /** In a few words, for messages. */
  String describe();

  /** A TCP port that takes connections, on the loopback or an address of the host. */
  record Tcp(int port) implements Condition {
    /** Checks the number. */
    public Tcp {
      checkPort(port);
    }

    @Override
    public String describe() {
      return "port " + port;
    }
  }

  /** A UDP port that somebody has bound. */
  record Udp(int port) implements Condition {
    /** Checks the number. */
    public Udp {
      checkPort(port);
    }

    @Override
    public String describe() {
      return "UDP port " + port;
    }
  }

  /** A Unix stream socket that takes connections. */
  record UnixSocket(Path path) implements Condition {
    /** Checks the path. */
    public UnixSocket {
      Checks.filePath(path);
    }

    @Override
    public String describe() {
      return "socket " + path;
    }
  }

  /**
   * A line of the service's log, written since it was started, in which a regular expression is
   * found.
   *
   * @param regex as of {@link Pattern}
   */
  record LogLine(String regex) implements Condition {
    /** Checks the expression. */
    public LogLine {
      try {
        var _ = Pattern.compile(regex);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "\"%s\" is no regular expression: %s".formatted(regex, e.getDescription()), e);
      }
    }

    @Override
    public String describe() {
      return "log line /" + regex + "/";
    }
  }

  /**
   * A command that ends with exit code 0, run as the service is: user, environment, directory.
   *
   * @param arguments the program and its arguments
   */
  record Command(List<String> arguments) implements Condition {
    /** Copies. */
    public Command {
      arguments = List.copyOf(arguments);
      Checks.check(!arguments.isEmpty(), "a command needs a program");
    }

    @Override
    public String describe() {
      return "command " + String.join(" ", arguments);
    }
  }

  /**
   * An answer of a web server.
   *
   * @param path of the URL, from the first slash
   * @param status what it must answer
   */
  record Http(int port, String path, int status) implements Condition {
    /** Checks all three. */
    public Http {
      checkPort(port);
      Checks.check(
          path.startsWith("/") && path.chars().noneMatch(c -> c <= ' ' || c > '~'),
          "\"%s\" is no path of a URL: it begins with / and has no blanks",
          path);
      Checks.check(status >= 100 && status <= 599, "%d is no HTTP status: 100 to 599", status);
    }

    @Override
    public String describe() {
      return "http://localhost:" + port + path;
    }
  }

  /** A file or folder that is there. */
  record FileExists(Path path) implements Condition {
    /** Checks the path. */
    public FileExists {
      Checks.filePath(path);
    }

    @Override
    public String describe() {
      return "file " + path;
    }
  }

  /** All of several. */
  record AllOf(List<Condition> conditions) implements Condition {
    /** Copies. */
    public AllOf {
      conditions = List.copyOf(conditions);
    }

    @Override
    public String describe() {
      return joined(conditions, " and ");
    }
  }

  /** At least one of several. */
  record AnyOf(List<Condition> conditions) implements Condition {
    /** Copies. */
    public AnyOf {
      conditions = List.copyOf(conditions);
      Checks.check(!conditions.isEmpty(), "none of no conditions can be met");
    }

    @Override
    public String describe() {
      return joined(conditions, " or ");
    }
  }

  private static void checkPort(int port) {
    Checks.check(port >= 1 && port <= 65535, "%d is no port: 1 to 65535", port);
  }

  private static String joined(List<Condition> conditions, String word) {
    return conditions.stream().map(Condition::describe).collect(Collectors.joining(word));
  }
}
