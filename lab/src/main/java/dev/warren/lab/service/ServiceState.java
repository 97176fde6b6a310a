package dev.warren.lab.service;

import java.util.Locale;

/** What a service is doing. */
public enum ServiceState {
  /** It waits for others that it needs. */
  WAITING,
  /** It runs, or is a step that is being taken, and is not ready yet. */
  STARTING,
  /** It runs and is ready. */
  READY,
  /** It has ended by itself with exit code 0, as a step that is taken once does. */
  ENDED,
  /** It ended by itself and will be started again. */
  RESTARTING,
  /** It was asked to end. */
  STOPPING,
  /** It does not run, because somebody stopped it or never started it. */
  STOPPED,
  /** It does not run, because something went wrong. */
  FAILED;

  /** Whether nothing changes before somebody asks for it. */
  boolean isFinal() {
    return this == ENDED || this == STOPPED || this == FAILED;
  }

  /** In small letters. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
