package dev.warren.selftest.debug;

import java.util.Locale;

/** What a service can be run under. */
public enum DebugTool {
  /**
   * Runs until the program dies, and shows the stacks of its threads then. Signals that servers use
   * go through to it: only those that end it stop it. gdb's exit code is the program's.
   */
  GDB(
      "gdb -nx -batch -return-child-result -ex 'set pagination off'"
          + " -ex 'set disable-randomization off'"
          + " -ex 'handle SIGHUP SIGTERM SIGPIPE SIGALRM SIGUSR1 SIGUSR2 SIGCHLD SIGWINCH"
          + " nostop noprint pass' -ex run -ex 'thread apply all bt' --args"),

  /** Tells of memory that is used and is not the program's. */
  VALGRIND("valgrind --num-callers=30");

  private final String command;

  DebugTool(String command) {
    this.command = command;
  }

  /** The program's name, which is that of its Debian package too. */
  String program() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What comes before a script for bash so that its {@code exec PROGRAM ARGUMENT...} runs the
   * program under this tool; an exec that only redirects stays as it is. A function of that name
   * could not tell them apart: its redirections end with it.
   */
  String prologue() {
    return """
        if ! command -v %1$s >/dev/null; then
          echo "warren: there is no %1$s in host $HOST_NAME: install the package %1$s on this machine, or add it to the testenv's packages" >&2
          exit 127
        fi
        warren_debugger=(%2$s)
        trap 'case $BASH_COMMAND in exec\\ [!-0-9\\<\\>\\&]*) eval "builtin exec \\"\\${warren_debugger[@]}\\" ${BASH_COMMAND#exec }" ;; esac' DEBUG
        """
        .formatted(program(), command);
  }
}
