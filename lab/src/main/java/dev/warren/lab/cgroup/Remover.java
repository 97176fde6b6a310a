package dev.warren.lab.cgroup;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Removes cgroups when the JVM ends, also by {@code kill -9}: a process in a session of its own
 * that reads a pipe which only the JVM holds. A cgroup goes when its last process has ended, so it
 * tries for a while.
 */
final class Remover implements AutoCloseable {
  /** Longer than the script tries. */
  private static final long PATIENCE_SECONDS = 15;

  private static final String SCRIPT =
      """
      trap '' HUP INT TERM
      cat
      for folder; do
        tries=0
        while [ -d "$folder" ] && ! rmdir -- "$folder" && [ $tries -lt 200 ]; do
          sleep 0.05
          tries=$((tries + 1))
        done
      done
      """;

  private final Process process;

  private Remover(Process process) {
    this.process = process;
  }

  /** Lets a process wait for the end of this one. */
  static Remover watch(List<Path> folders) throws IOException {
    List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", SCRIPT, "warren-cgroups"));
    folders.forEach(folder -> command.add(folder.toString()));
    return new Remover(
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start());
  }

  /** Removes them now, and returns when that is done. */
  @Override
  public void close() {
    boolean interrupted = false;
    try {
      process.getOutputStream().close();
    } catch (IOException impossible) {
      throw new AssertionError("nothing is written", impossible);
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
