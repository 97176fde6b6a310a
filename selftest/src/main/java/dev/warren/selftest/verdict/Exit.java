package dev.warren.selftest.verdict;

import java.time.Duration;

/** How a suite's command ended. */
public sealed interface Exit {

  /** By itself. */
  record Code(int code) implements Exit {}

  /** By a signal, its own or another's. */
  record Signal(int number) implements Exit {}

  /** It ran longer than it may, and was ended. */
  record TimeLimit(Duration limit) implements Exit {}

  /** The run was stopped from outside. */
  record Interrupted() implements Exit {}

  /** It was never started. */
  record NotStarted(String reason) implements Exit {}

  /**
   * What an exit code as {@link Process#exitValue()} gives it means: shells and Java report death
   * by a signal as 128 and the signal's number.
   */
  static Exit ofCode(int code) {
    // 64 is the kernel's _NSIG: above it no signal is.
    return code > 128 && code <= 128 + 64 ? new Signal(code - 128) : new Code(code);
  }
}
