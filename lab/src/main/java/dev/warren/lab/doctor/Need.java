package dev.warren.lab.doctor;

/** Who needs what was looked for. */
public enum Need {
  /** Every lab. */
  LABS,
  /** Testenvs, and labs with software that is not installed. */
  TESTENVS,
  /** Nobody, but it is better with it. */
  COMFORT
}
