package dev.warren.lab.process;

import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.process.PidFd;
import dev.warren.linux.process.SpawnedProcess;
import dev.warren.linux.process.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * A process in a host: a {@link Process} as any other, which leads a session and a process group of
 * its own, takes any signal and may have a terminal.
 */
public final class HostProcess extends SpawnedProcess {
  private final Optional<Terminal> terminal;

  /**
   * Watches a child of this JVM, see {@link SpawnedProcess}.
   *
   * @param terminal the one it runs on; its streams are the process's
   * @throws KernelException when it cannot be watched
   */
  public HostProcess(
      long pid,
      PidFd pidFd,
      OutputStream stdin,
      InputStream stdout,
      InputStream stderr,
      Optional<Terminal> terminal)
      throws KernelException {
    super(pid, pidFd, stdin, stdout, stderr);
    this.terminal = terminal;
  }

  /**
   * Changes the size of its terminal; programs there get SIGWINCH.
   *
   * @throws IllegalStateException when it has no terminal
   */
  public void resize(int rows, int columns) throws IOException {
    terminal
        .orElseThrow(() -> new IllegalStateException("process " + pid() + " has no terminal"))
        .resize(rows, columns);
  }
}
