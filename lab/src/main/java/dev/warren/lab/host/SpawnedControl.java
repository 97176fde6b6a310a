package dev.warren.lab.host;

import dev.warren.lab.description.SignalName;
import dev.warren.lab.process.ProcessControl;
import dev.warren.linux.process.Signal;
import dev.warren.linux.process.SpawnedProcess;
import dev.warren.linux.process.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * What can be done to a process in a host's namespaces.
 *
 * @param terminal the one it runs on; its streams are the process's
 */
record SpawnedControl(SpawnedProcess process, Optional<Terminal> terminal)
    implements ProcessControl {
  @Override
  public void signal(SignalName signal) throws IOException {
    process.signal(kernels(signal));
  }

  @Override
  public void signalGroup(SignalName signal) throws IOException {
    process.signalGroup(kernels(signal));
  }

  private static Signal kernels(SignalName signal) {
    return Signal.valueOf(signal.name());
  }

  @Override
  public void resize(int rows, int columns) throws IOException {
    terminal
        .orElseThrow(
            () -> new IllegalStateException("process " + process.pid() + " has no terminal"))
        .resize(rows, columns);
  }

  @Override
  public void end(SignalName signal, Duration within) {
    SessionTree.end(process, kernels(signal), within);
  }

  @Override
  public void killRest() {
    SessionTree.killRest(process);
  }
}
