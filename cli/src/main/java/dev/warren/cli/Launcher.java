package dev.warren.cli;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The launcher, when it waits for this process: at the other end of a pipe it reads lines. A line
 * goes to its standard output, after "@error " to standard error, and "@exit CODE" ends the wait;
 * other lines that begin with "@" are orders.
 *
 * @param pipe the pipe
 * @param log where this process writes what it has to say afterwards
 */
record Launcher(OutputStream pipe, Optional<Path> log) {

  static Optional<Launcher> ofThisProcess() {
    String descriptor = System.getProperty("warren.ready", "");
    if (descriptor.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Launcher(
              new FileOutputStream("/proc/self/fd/" + descriptor),
              Optional.ofNullable(System.getProperty("warren.log")).map(Path::of)));
    } catch (IOException gone) {
      throw new IllegalStateException("the launcher passed no pipe " + descriptor, gone);
    }
  }

  /**
   * Writes text for the user.
   *
   * @throws IOException when the launcher has ended
   */
  void say(String text) throws IOException {
    write(text.strip() + "\n");
  }

  /**
   * Writes a line for the user to standard error.
   *
   * @throws IOException when the launcher has ended
   */
  void warn(String line) throws IOException {
    write("@error " + line + "\n");
  }

  /**
   * Tells the launcher, not the user: "host LAB/HOST", "option OPTION" (of exec and shell),
   * "ready".
   *
   * @throws IOException when the launcher has ended
   */
  void order(String words) throws IOException {
    write("@" + words + "\n");
  }

  /** Ends the launcher with an error, if it is still there. */
  void fail(int code, String message) {
    try {
      for (String line : message.strip().lines().toList()) {
        write("@error " + line + "\n");
      }
      exit(code);
    } catch (IOException gone) {
      System.err.println(message);
      // The launcher would have removed it.
      log.map(Path::toFile).ifPresent(File::delete);
    }
  }

  /**
   * Ends the launcher.
   *
   * @throws IOException when it has ended already, as on Ctrl-C: nobody waits for this process
   */
  void exit(int code) throws IOException {
    write("@exit " + code + "\n");
    pipe.close();
  }

  /** Moves the log to where the lab's files are. */
  void moveLog(Path to) throws IOException {
    if (log.isPresent()) {
      Files.move(log.get(), to);
    }
  }

  private void write(String text) throws IOException {
    pipe.write(text.getBytes(StandardCharsets.UTF_8));
    pipe.flush();
  }
}
