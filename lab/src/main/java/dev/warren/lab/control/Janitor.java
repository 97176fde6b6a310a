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

  /**
   * Removes the folder, and lets the hosts end: nsenter(1) and script(1) stop themselves with the
   * command that they hold in a frozen host and then wait for nothing, but the kernel lets no init
   * end before all of its host were waited for. So who is stopped and has a child of a deeper PID
   * namespace that ended is told to go on, and who holds such a one too, until the inits are gone
   * or five seconds are over.
   */
  private static final String SCRIPT =
      """
      depth() { sed -n 's/^NSpid://p' "/proc/$1/status" | wc -w; }
      trap '' HUP INT TERM
      cat
      inits=$(sed -n 's/^pid=//p' hosts/*)
      rm -rf -- ./* ./.[!.]*
      cd /
      rmdir -- "$@"
      woken=' '
      turn=0
      while [ "$turn" -lt 50 ]; do
        busy=
        for init in $inits; do
          read -r line <"/proc/$init/stat" && case ${line##*) } in Z*) ;; *) busy=1 ;; esac
        done
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
        sleep 0.1
        turn=$((turn + 1))
      done
      """;

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
