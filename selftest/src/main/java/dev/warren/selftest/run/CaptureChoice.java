package dev.warren.selftest.run;

/** Of which suites and set-ups the packets are kept. */
public enum CaptureChoice {
  /** Of none; nothing is captured. */
  NONE,
  /** Of those that fail. */
  FAILED,
  /** Of all. */
  ALL
}
