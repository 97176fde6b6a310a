package dev.warren.lab.doctor;

/** Who needs what was looked for. */
public enum Need {
  /** Every lab in namespaces. */
  LABS,
  /** Labs that ask for the feature that the finding names. */
  FEATURES,
  /** Testenvs, and labs with software that is not installed. */
  TESTENVS,
  /** Labs under cwrap, the fallback where namespaces are refused. */
  CWRAP,
  /** Nobody, but it is better with it. */
  COMFORT
}
