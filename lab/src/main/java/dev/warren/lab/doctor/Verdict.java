package dev.warren.lab.doctor;

/** How far the machine gives what was looked for. */
public enum Verdict {
  /** All of it. */
  YES,
  /** Less than all: it works, at a price that the finding names. */
  PARTLY,
  /** Not at all. */
  NO
}
