package dev.warren.selftest.testenv;

import dev.warren.lab.source.Position;

/** Where a step runs. */
public sealed interface Side {
  /** In the testenv's own host. */
  Side HOST = new Own();

  /** In the client. */
  Side CLIENT = new Client();

  /** In the testenv's own host. */
  record Own() implements Side {}

  /** In the client. */
  record Client() implements Side {}

  /**
   * In the host of another testenv.
   *
   * @param testenv its name, which is among the needs
   * @param position where that is written
   */
  record Other(String testenv, Position position) implements Side {}
}
