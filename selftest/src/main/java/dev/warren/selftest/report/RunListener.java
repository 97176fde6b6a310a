package dev.warren.selftest.report;

import java.util.List;

/** Is told what happens in a run, event by event, in order. */
@FunctionalInterface
public interface RunListener {

  /**
   * Takes the next event. Called by one thread at a time.
   *
   * @throws java.io.UncheckedIOException when what it writes to fails; the run ends then
   */
  void on(RunEvent event);

  /** One listener that tells several, in this order. */
  static RunListener all(List<? extends RunListener> listeners) {
    List<RunListener> copy = List.copyOf(listeners);
    return event -> copy.forEach(listener -> listener.on(event));
  }
}
