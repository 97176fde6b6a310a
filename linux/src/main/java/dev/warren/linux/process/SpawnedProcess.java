package dev.warren.linux.process;

import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A child that {@link Spawner} started, as the {@link Process} that everybody knows. It is watched
 * by pidfd, so a signal never hits another process that was given its PID.
 */
public class SpawnedProcess extends Process {
  private final long pid;
  private final PidFd pidFd;
  private final Kernel kernel;

  /** When it began, as {@link ProcessStat#start} counts. */
  private final long start;

  private final OutputStream stdin;
  private final InputStream stdout;
  private final InputStream stderr;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();

  /**
   * Watches a child of this JVM. Not to be called on a thread that changed its PID namespace: such
   * a one cannot start the watching thread.
   *
   * @param stdin what the child reads; a stream that refuses writing when there is no pipe
   * @param stdout what the child writes; an empty stream when there is no pipe
   * @param stderr as {@code stdout}
   * @throws KernelException when there may be no more threads; the child is ended then, and the
   *     streams are the caller's to close
   */
  public SpawnedProcess(
      long pid, PidFd pidFd, OutputStream stdin, InputStream stdout, InputStream stderr)
      throws KernelException {
    this.pid = pid;
    this.pidFd = pidFd;
    this.kernel = pidFd.kernel();
    this.start = ProcessStat.of(pid).map(ProcessStat::start).orElse(0L);
    this.stdin = stdin;
    this.stdout = stdout;
    this.stderr = stderr;
    try {
      Threads.start("warren-wait-" + pid, this::watch);
    } catch (KernelException failure) {
      try (pidFd) {
        pidFd.send(Signal.KILL);
        var _ = pidFd.awaitExit();
      }
      throw failure;
    }
  }

  private void watch() {
    try {
      pidFd.awaitEnd();
      synchronized (pidFd) {
        // Reaped under the lock: until then its PID is its own, and its group's.
        int code = pidFd.awaitExit();
        pidFd.close();
        exit.complete(code);
      }
    } catch (KernelException | RuntimeException failure) {
      exit.completeExceptionally(failure);
    }
  }

  @Override
  public OutputStream getOutputStream() {
    return stdin;
  }

  @Override
  public InputStream getInputStream() {
    return stdout;
  }

  @Override
  public InputStream getErrorStream() {
    return stderr;
  }

  @Override
  public long pid() {
    return pid;
  }

  /**
   * Waits until the process has ended.
   *
   * @return the exit code, or 128 and the number of the signal that killed it
   */
  @Override
  public int waitFor() throws InterruptedException {
    try {
      return exit.get();
    } catch (ExecutionException failure) {
      throw new IllegalStateException("process " + pid + " cannot be waited for", failure);
    }
  }

  @Override
  public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
    try {
      var _ = exit.get(timeout, unit);
      return true;
    } catch (TimeoutException late) {
      return false;
    } catch (ExecutionException failure) {
      throw new IllegalStateException("process " + pid + " cannot be waited for", failure);
    }
  }

  @Override
  public int exitValue() {
    if (!exit.isDone()) {
      throw new IllegalThreadStateException("process " + pid + " still runs");
    }
    return exit.join();
  }

  @Override
  public boolean isAlive() {
    return !exit.isDone();
  }

  @Override
  public CompletableFuture<Process> onExit() {
    return exit.thenApply(code -> this);
  }

  /**
   * Sends a signal; to a process that ended it does nothing.
   *
   * @throws IOException when the kernel refuses, as for another user's process
   */
  public final void signal(Signal signal) throws IOException {
    synchronized (pidFd) {
      if (isAlive()) {
        pidFd.send(signal);
      }
    }
  }

  /**
   * Sends a signal to its process group: to itself and to all that it started and that made no
   * group of their own. To those that are left when it has ended itself, too.
   *
   * @throws IOException when the kernel refuses, as for another user's processes
   */
  public final void signalGroup(Signal signal) throws IOException {
    synchronized (pidFd) {
      if (isAlive()) {
        pidFd.sendToGroup(signal);
        return;
      }
    }
    // Its PID may be another's by now, but a group keeps its number while it has members.
    for (ProcessStat process : ProcessStat.all()) {
      if (process.group() == pid && process.pid() != pid && process.start() >= start) {
        process.send(kernel, signal);
      }
    }
  }

  @Override
  public void destroy() {
    signalUnchecked(Signal.TERM);
  }

  @Override
  public Process destroyForcibly() {
    signalUnchecked(Signal.KILL);
    return this;
  }

  @Override
  public boolean supportsNormalTermination() {
    return true;
  }

  @Override
  public ProcessHandle toHandle() {
    return ProcessHandle.of(pid)
        .orElseThrow(() -> new UnsupportedOperationException("process " + pid + " has ended"));
  }

  @Override
  public ProcessHandle.Info info() {
    return toHandle().info();
  }

  private void signalUnchecked(Signal signal) {
    try {
      signal(signal);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
