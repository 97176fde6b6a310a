package dev.warren.lab.description;

/**
 * The signals that a service can be stopped with and a process be sent, by their names: signal(7)
 * has other numbers on other systems.
 */
public enum SignalName {
  /** The terminal is gone; to many daemons: read your settings anew. */
  HUP,
  /** Ctrl-C. */
  INT,
  /** Ctrl-\: some programs dump what they are doing. */
  QUIT,
  /** Ends it at once. */
  KILL,
  /** For the program's own use. */
  USR1,
  /** For the program's own use. */
  USR2,
  /** An alarm clock. */
  ALRM,
  /** Asks it to end. */
  TERM,
  /** Lets it go on that was stopped. */
  CONT,
  /** Stops it. */
  STOP,
  /** The terminal has another size. */
  WINCH
}
