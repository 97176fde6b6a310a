package dev.warren.cli;

import dev.warren.lab.NamespaceRefusal;
import dev.warren.lab.control.RunningLabs;
import dev.warren.lab.software.Software;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a command is given besides its arguments: where to write, and what the launcher found out.
 *
 * @param out the results
 * @param err progress and errors
 * @param colours whether somebody looks at a terminal that shows them, and has not set NO_COLOR
 * @param runtime the folder of running labs
 * @param home the checkout, or where Warren is installed
 * @param cache where fetched software is kept
 * @param userNamespace whether the launcher put this process into a user namespace
 * @param refusal what refuses namespaces to the launcher, when something does
 * @param launcher the launcher that waits for this process to be ready, when it does
 */
record Surroundings(
    PrintWriter out,
    PrintWriter err,
    boolean colours,
    Optional<Path> runtime,
    Path home,
    Path cache,
    boolean userNamespace,
    Optional<NamespaceRefusal> refusal,
    Optional<Launcher> launcher) {

  static Surroundings ofThisProcess() {
    return new Surroundings(
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        wantsColours(),
        property("warren.runtime").map(Path::of),
        property("warren.home").map(Path::of).orElse(Path.of("").toAbsolutePath()),
        Software.defaultCache(System.getenv()),
        property("warren.usernamespace").isPresent(),
        property("warren.refusal")
            .map(reason -> new NamespaceRefusal(reason, property("warren.remedy").orElse(""))),
        Launcher.ofThisProcess());
  }

  /**
   * Tells the user something, while the work goes on.
   *
   * @throws IOException when the launcher, and so whoever asked, is gone
   */
  void warn(String line) throws IOException {
    if (launcher.isPresent()) {
      launcher.get().warn("warren: " + line);
    } else {
      err.println("warren: " + line);
    }
  }

  /** The labs of this user. */
  RunningLabs labs() throws IOException, CommandException {
    return RunningLabs.in(
        runtime.orElseThrow(
            () ->
                new CommandException(
                    ExitCode.BAD_INPUT,
                    "the folder of running labs is not known: start Warren by its launcher,"
                        + " `warren`")));
  }

  /** Whether somebody looks at a terminal on which lines can be written over. */
  boolean movesCursor() {
    return property("warren.terminal").isPresent() && !"dumb".equals(System.getenv("TERM"));
  }

  private static boolean wantsColours() {
    String refused = System.getenv("NO_COLOR");
    return property("warren.terminal").isPresent()
        && (refused == null || refused.isEmpty())
        && !"dumb".equals(System.getenv("TERM"));
  }

  private static Optional<String> property(String name) {
    return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isEmpty());
  }
}
