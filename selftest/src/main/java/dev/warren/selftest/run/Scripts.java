package dev.warren.selftest.run;

import dev.warren.lab.Host;
import dev.warren.lab.process.HostCommand;
import dev.warren.selftest.report.TextTail;
import dev.warren.selftest.subunit.LineDecoder;
import dev.warren.selftest.verdict.Exit;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts scripts of testenvs and suites in hosts. */
final class Scripts {
  /** What every script finds in its environment, unless its own says otherwise. */
  static final Map<String, String> BASE_ENVIRONMENT =
      Map.of(
          // Not the caller's: other programs of the same names may come first in that.
          "PATH", "/usr/sbin:/usr/bin:/sbin:/bin",
          "HOME", "/root",
          "LANG", "C.UTF-8",
          "LC_ALL", "C.UTF-8");

  private static final String LOGGED =
      "exec >>\"$0\" 2>&1; [ -z \"$2\" ] || printf '== %s\\n' \"$2\"; "
          + "exec bash -e -o pipefail -c \"$1\"";

  private Scripts() {}

  /** How a script ended, and what it wrote. */
  record Outcome(Exit exit, String output) {
    boolean isOk() {
      return exit instanceof Exit.Code(int code) && code == 0;
    }
  }

  /**
   * Starts a script whose output goes to a file of the host.
   *
   * @param title a line that the file gets first; none when it is empty
   */
  static Process startLogged(
      Host host,
      String script,
      String title,
      Map<String, String> environment,
      Path folder,
      Path log)
      throws IOException {
    return host.start(
        HostCommand.of("bash", "-c", LOGGED, log.toString(), script, title)
            .environment(complete(environment))
            .directory(folder)
            .stdin(nothing())
            .stdout(Redirect.DISCARD)
            .stderr(Redirect.DISCARD));
  }

  /**
   * The shell of a suite.
   *
   * @param umask its umask in octal; without one that of the lab
   * @param arguments {@code $0} and on
   */
  static HostCommand suite(Optional<String> umask, String command, String... arguments) {
    String script = umask.map(mask -> "umask " + mask + "\n").orElse("") + command;
    return HostCommand.of(
        Stream.concat(Stream.of("bash", "-o", "pipefail", "-c", script), Stream.of(arguments))
            .toList());
  }

  /** Starts a script whose output the caller reads. */
  static Process start(HostCommand command, Host host, Map<String, String> environment, Path folder)
      throws IOException {
    return host.start(
        command.environment(complete(environment)).directory(folder).stdin(nothing()));
  }

  /** Runs a script to its end and returns what it wrote, its complaints included. */
  static Outcome run(
      Host host, String script, Map<String, String> environment, Path folder, Duration limit)
      throws IOException, InterruptedException {
    return finish(start(HostCommand.shell(script).mergeErrors(), host, environment, folder), limit);
  }

  /** Runs a script to its end and returns what it wrote to standard output. */
  static Outcome ask(
      Host host, String script, Map<String, String> environment, Path folder, Duration limit)
      throws IOException, InterruptedException {
    HostCommand command = HostCommand.shell(script).stderr(Redirect.DISCARD);
    return finish(start(command, host, environment, folder), limit);
  }

  private static Outcome finish(Process process, Duration limit) throws InterruptedException {
    TextTail tail = new TextTail();
    LineDecoder lines = new LineDecoder(tail::add);
    Exit exit = new OutputPump(process).run(limit, lines::feed);
    lines.finish();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return new Outcome(exit, tail.toString());
  }

  private static Redirect nothing() {
    return Redirect.from(new File("/dev/null"));
  }

  private static Map<String, String> complete(Map<String, String> environment) {
    Map<String, String> complete = new LinkedHashMap<>(BASE_ENVIRONMENT);
    complete.putAll(environment);
    return complete;
  }
}
