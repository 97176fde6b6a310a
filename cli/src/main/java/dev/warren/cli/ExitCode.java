package dev.warren.cli;

/** What the exit codes mean; {@code warren --help} says the same. */
final class ExitCode {
  static final int OK = 0;

  /** A test failed, a lab could not be made, or something is missing on the machine. */
  static final int FAILED = 1;

  /** Wrong arguments, or mistakes in a file that the user wrote. */
  static final int BAD_INPUT = 2;

  /** As shells have it: 128 and the number of SIGINT. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
