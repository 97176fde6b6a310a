package dev.warren.lab.cwrap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Ends what is left of a lab when this JVM ends, also by {@code kill -9}: a shell that reads a pipe
 * which only this JVM holds. It makes the lab's folder too, so that there is no moment at which a
 * kill would leave one.
 */
final class Warden implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  /** The folder and the variable by which the lab's processes are known. */
  private static final String SCRIPT =
      """
      trap '' HUP INT TERM QUIT PIPE
      umask 077
      mkdir -p -- "$1" || exit
      echo made
      exec >/dev/null 2>&1
      cat
      marked() {
        if [ -r /proc/self/environ ]; then
          for file in $(grep -l -s -F -e "$2=$1/" /proc/[0-9]*/environ); do
            file=${file#/proc/}
            echo "${file%/environ}"
          done
        else
          ps axeww -o pid= -o command= | grep -F -e "$2=$1/" | while read -r pid _; do echo "$pid"; done
        fi
      }
      turn=0
      while [ "$turn" -lt 100 ]; do
        pids=$(marked "$@")
        [ -n "$pids" ] || break
        kill -s KILL $pids
        sleep 0.05
        turn=$((turn + 1))
      done
      rm -rf -- "$1"
      """;

  private final Process process;

  private Warden(Process process) {
    this.process = process;
  }

  /**
   * Begins.
   *
   * @param folder of the lab, a new one; gone afterwards
   */
  static Warden of(Path folder) throws IOException {
    ProcessBuilder shell =
        new ProcessBuilder(
                Programs.inOwnSession(
                    "sh",
                    "-c",
                    SCRIPT,
                    "warren-warden",
                    folder.toString(),
                    MarkedProcesses.VARIABLE))
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true);
    shell.environment().keySet().removeIf(name -> name.startsWith("LD_"));
    Process process = shell.start();
    String said = process.inputReader().readLine();
    if (!"made".equals(said)) {
      process.getOutputStream().close();
      throw new IOException("make the folder of a lab: " + (said == null ? "no shell" : said));
    }
    return new Warden(process);
  }

  long pid() {
    return process.pid();
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
