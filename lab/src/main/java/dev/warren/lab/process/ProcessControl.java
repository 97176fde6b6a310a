package dev.warren.lab.process;

import dev.warren.lab.description.SignalName;
import java.io.IOException;
import java.time.Duration;

/** What can be done to a process of a host beyond what every {@link Process} lets do. */
public interface ProcessControl {
  /** Sends it a signal; nothing when it has ended. */
  void signal(SignalName signal) throws IOException;

  /** Sends a signal to its process group, also when it has ended itself. */
  void signalGroup(SignalName signal) throws IOException;

  /** Changes the size of its terminal. */
  void resize(int rows, int columns) throws IOException;

  /**
   * Sends it and all that it started a signal, lets those go on that are stopped, waits until all
   * have ended, and kills those that have not within a time. An interrupt only shortens the wait.
   */
  void end(SignalName signal, Duration within);

  /** Kills what it left behind, when it has ended itself. */
  void killRest();
}
