package dev.warren.lab.doctor;

import java.util.List;

/**
 * What the doctor found, in the order in which to read it.
 *
 * @param findings one for each check
 */
public record Diagnosis(List<Finding> findings) {
  /** Copies. */
  public Diagnosis {
    findings = List.copyOf(findings);
  }

  /** Whether nothing is missing that every lab needs. */
  public boolean labsWork() {
    return has(Need.LABS);
  }

  /** Whether nothing is missing that testenvs need. */
  public boolean testenvsWork() {
    return labsWork() && has(Need.TESTENVS);
  }

  private boolean has(Need need) {
    return findings.stream()
        .filter(finding -> finding.need() == need)
        .noneMatch(finding -> finding.verdict() == Verdict.NO);
  }
}
