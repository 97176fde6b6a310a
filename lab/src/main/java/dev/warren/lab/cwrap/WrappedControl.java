package dev.warren.lab.cwrap;

import dev.warren.lab.description.SignalName;
import dev.warren.lab.process.HandleTree;
import dev.warren.lab.process.ProcessControl;
import java.time.Duration;

/**
 * What can be done to a process of a host that cwrap pretends.
 *
 * @param mark the value of {@link MarkedProcesses#VARIABLE} in it and in all that it starts
 */
record WrappedControl(Process process, String mark) implements ProcessControl {
  @Override
  public void signal(SignalName signal) {
    if (process.isAlive()) {
      HandleTree.send(process.toHandle(), signal);
    }
  }

  @Override
  public void signalGroup(SignalName signal) {
    HandleTree.sendToGroup(process.pid(), signal);
  }

  @Override
  public void resize(int rows, int columns) {
    throw new IllegalStateException("process " + process.pid() + " has no terminal");
  }

  @Override
  public void end(SignalName signal, Duration within) {
    HandleTree.of(process, () -> MarkedProcesses.find(mark)).end(signal, within);
  }

  @Override
  public void killRest() {
    HandleTree.of(() -> MarkedProcesses.find(mark)).kill();
  }
}
