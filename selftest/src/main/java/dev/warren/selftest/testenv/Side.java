package dev.warren.selftest.testenv;

/** Where a step runs. */
public enum Side {
  /** In the testenv's own host. */
  HOST,
  /** In the client. */
  CLIENT
}
