package dev.warren.selftest.run;

import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.report.RunListener;

/** Lets several threads tell one listener: it is called by one at a time. */
final class SerialListener implements RunListener {
  private final RunListener next;

  SerialListener(RunListener next) {
    this.next = next;
  }

  @Override
  public synchronized void on(RunEvent event) {
    next.on(event);
  }
}
