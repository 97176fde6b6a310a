package dev.warren.lab.doctor;

import java.util.Optional;

/**
 * What one check found.
 *
 * @param name what was looked for, in a few words
 * @param need who needs it
 * @param verdict whether it is there
 * @param detail what was found, as a fact
 * @param cost what does not work without it; only when something is missing
 * @param remedy what to do; only when something is missing and somebody can do something
 */
public record Finding(
    String name,
    Need need,
    Verdict verdict,
    String detail,
    Optional<String> cost,
    Optional<String> remedy) {
  /** All is well. */
  static Finding yes(String name, Need need, String detail) {
    return new Finding(name, need, Verdict.YES, detail, Optional.empty(), Optional.empty());
  }

  /** It works, with a loss. */
  static Finding partly(String name, Need need, String detail, String cost, String remedy) {
    return new Finding(name, need, Verdict.PARTLY, detail, Optional.of(cost), Optional.of(remedy));
  }

  /** It does not work. */
  static Finding no(String name, Need need, String detail, String cost, String remedy) {
    return new Finding(name, need, Verdict.NO, detail, Optional.of(cost), Optional.of(remedy));
  }
}
