package dev.warren.lab.control;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Removes a lab's folder when the supervisor ends, also by {@code kill -9}: a process in a session
 * of its own that reads a pipe which only the supervisor holds. It makes the folder too, so that
 * there is no moment at which a kill would leave one.
 *
 * <p>The folder is its working directory, so that it empties the folder it was started for, and not
 * one that took its name since; {@code rmdir} spares a folder that is not empty.
 */
final class Janitor implements AutoCloseable {
  /** How long emptying a folder may take; it is short of files. */
  private static final long PATIENCE_SECONDS = 10;

  /**
   * Removes the folder, and lets the hosts end: nsenter(1) and script(1) stop themselves with the
   * command that they hold in a frozen host and then wait for nothing, but the kernel lets no init
   * end before all of its host were waited for. So who is stopped and has a child of a deeper PID
   * namespace that ended is told to go on, and who holds such a one too, until the inits are gone
   * or five seconds are over.
   *
   * <p>Nor does it end at its first word (SIGPIPE) when the supervisor was killed before that: the
   * folder is there by then.
   */
  static final String SCRIPT =
      """
      depth() { sed -n 's/^NSpid://p' "/proc/$1/status" | wc -w; }
      trap '' HUP INT TERM PIPE
      umask 077
      mkdir -- "$1" && cd -- "$1" || exit
      echo made
      exec >/dev/null 2>&1
      cat
      inits=$(sed -n 's/^pid=//p' hosts/*)
      rm -rf -- ./* ./.[!.]*
      cd /
      rmdir -- "$@"
      look() {
        busy=
        for init in $inits; do
          read -r line <"/proc/$init/stat" && case ${line##*) } in Z*) ;; *) busy=1 ;; esac
        done
      }
      look
      turn=0
      while [ -n "$busy" ] && [ "$turn" -lt 10 ]; do
        sleep 0.01
        look
        turn=$((turn + 1))
      done
      woken=' '
      turn=0
      while [ "$turn" -lt 80 ]; do
        look
        [ -n "$busy" ] || [ "$woken" != ' ' ] || break
        for stat in /proc/[0-9]*/stat; do
          read -r line <"$stat" || continue
          pid=${line%% *}
          set -- ${line##*) }
          [ "$1" = Z ] && read -r line <"/proc/$2/stat" || continue
          case ${line##*) } in T*) ;; *) continue ;; esac
          case $woken in
            *" $pid "*) ;;
            *) [ "$(depth "$2")" -lt "$(depth "$pid")" ] || continue ;;
          esac
          kill -CONT "$2" && woken="$woken$2 "
        done
        if [ -z "$busy" ]; then break; fi
        sleep 0.02
        turn=$((turn + 1))
      done
      """;

  private final Process process;

  private Janitor(Process process) {
    this.process = process;
  }

  /**
   * Makes a folder, and returns when it is there.
   *
   * @param folder a new one
   * @param later the name it is going to have
   * @throws IOException when it cannot be made, saying why
   */
  static Janitor make(Path folder, Path later) throws IOException {
    Process process =
        new ProcessBuilder(
                "setsid", "sh", "-c", SCRIPT, "warren-janitor", folder.toString(), later.toString())
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .start();
    String said = process.inputReader().readLine();
    if (!"made".equals(said)) {
      process.getOutputStream().close();
      throw new IOException(
          "cannot make the folder of a lab: " + (said == null ? "no shell" : said));
    }
    return new Janitor(process);
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
