package dev.warren.lab.cgroup;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Removes cgroups when the JVM ends, also by {@code kill -9}: a process in a session of its own
 * that reads a pipe which only the JVM holds. It is told of a cgroup before that is made, so that
 * there is no moment at which a kill would leave one. A cgroup goes when its last process has
 * ended, so it tries for a while.
 */
final class Remover implements AutoCloseable {
  /** Longer than the script tries. */
  private static final long PATIENCE_SECONDS = 15;

  private static final String SCRIPT =
      """
      trap '' HUP INT TERM
      last=
      while IFS= read -r line; do
        if [ -n "$line" ] && [ -n "$last" ]; then set -- "$@" "$last"; fi
        last=$line
      done
      if [ -n "$last" ]; then set -- "$@" "$last"; fi
      for folder; do
        tries=0
        while [ -d "$folder" ] && ! rmdir -- "$folder" && [ $tries -lt 500 ]; do
          sleep 0.02
          tries=$((tries + 1))
        done
      done
      """;

  private final Process process;

  private Remover(Process process) {
    this.process = process;
  }

  /** Lets a process wait for the end of this one. */
  static Remover watch() throws IOException {
    return new Remover(
        new ProcessBuilder("setsid", "sh", "-c", SCRIPT, "warren-cgroups")
            .directory(Path.of("/").toFile())
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start());
  }

  /** Tells it of a folder that is about to be made; it need not come to be. */
  void expect(Path folder) throws IOException {
    say(folder.toString());
  }

  private void say(String line) throws IOException {
    OutputStream out = process.getOutputStream();
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** The folder that it was told of last is somebody else's. */
  void forget() throws IOException {
    say("");
  }

  /** Removes them now, and returns when that is done. */
  @Override
  public void close() {
    boolean interrupted = false;
    try {
      process.getOutputStream().close();
    } catch (IOException impossible) {
      throw new AssertionError("all was written before", impossible);
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      try {
        var _ = process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        break;
      } catch (InterruptedException interrupt) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
