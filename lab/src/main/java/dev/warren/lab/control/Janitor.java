package dev.warren.lab.control;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Removes a lab's folder when the supervisor ends, also by {@code kill -9}: a process in a session
 * of its own that reads a pipe which only the supervisor holds.
 *
 * <p>The folder is its working directory, so that it empties the folder it was started for, and not
 * one that took its name since; {@code rmdir} spares a folder that is not empty.
 */
final class Janitor implements AutoCloseable {
  /** How long emptying a folder may take; it is short of files. */
  private static final long PATIENCE_SECONDS = 10;

  private static final String SCRIPT =
      "trap '' HUP INT TERM; cat; rm -rf -- ./* ./.[!.]*; cd /; rmdir -- \"$@\"";

  private final Process process;

  private Janitor(Process process) {
    this.process = process;
  }

  /**
   * @param folder the folder as it is now
   * @param later the name it is going to have
   */
  static Janitor watch(Path folder, Path later) throws IOException {
    return new Janitor(
        new ProcessBuilder(
                "setsid", "sh", "-c", SCRIPT, "warren-janitor", folder.toString(), later.toString())
            .directory(folder.toFile())
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start());
  }

  /** Lets it do its work, and waits for that. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
