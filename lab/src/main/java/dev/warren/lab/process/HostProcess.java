package dev.warren.lab.process;

import dev.warren.lab.description.SignalName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process in a host: a {@link Process} as any other, which leads a session and a process group of
 * its own, takes any signal and may have a terminal.
 */
public final class HostProcess extends Process {
  private final Process process;
  private final ProcessControl control;

  /**
   * A child of this JVM.
   *
   * @param process it, with its streams; its exit code is 128 and the signal's number when a signal
   *     killed it
   * @param control what else can be done to it
   */
  public HostProcess(Process process, ProcessControl control) {
    this.process = process;
    this.control = control;
  }

  ProcessControl control() {
    return control;
  }

  /**
   * Sends it a signal; to a process that ended it does nothing.
   *
   * @throws IOException when the kernel refuses, as for another user's process
   */
  public void signal(SignalName signal) throws IOException {
    control.signal(signal);
  }

  /**
   * Sends a signal to its process group: to itself and to all that it started and that made no
   * group of their own. To those that are left when it has ended itself, too.
   *
   * @throws IOException when the kernel refuses, as for another user's processes
   */
  public void signalGroup(SignalName signal) throws IOException {
    control.signalGroup(signal);
  }

  /**
   * Changes the size of its terminal; programs there get SIGWINCH.
   *
   * @throws IllegalStateException when it has no terminal
   */
  public void resize(int rows, int columns) throws IOException {
    control.resize(rows, columns);
  }

  @Override
  public OutputStream getOutputStream() {
    return process.getOutputStream();
  }

  @Override
  public InputStream getInputStream() {
    return process.getInputStream();
  }

  @Override
  public InputStream getErrorStream() {
    return process.getErrorStream();
  }

  @Override
  public int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
    return process.waitFor(timeout, unit);
  }

  @Override
  public int exitValue() {
    return process.exitValue();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public CompletableFuture<Process> onExit() {
    return process.onExit().thenApply(_ -> this);
  }

  @Override
  public void destroy() {
    process.destroy();
  }

  @Override
  public Process destroyForcibly() {
    var _ = process.destroyForcibly();
    return this;
  }

  @Override
  public boolean supportsNormalTermination() {
    return process.supportsNormalTermination();
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public ProcessHandle toHandle() {
    return process.toHandle();
  }

  @Override
  public ProcessHandle.Info info() {
    return process.info();
  }
}
