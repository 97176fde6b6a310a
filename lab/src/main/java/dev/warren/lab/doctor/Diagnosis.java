package dev.warren.lab.doctor;

import dev.warren.lab.description.Isolation;
import java.util.List;
import java.util.Optional;

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

  /** Whether nothing is missing that every lab in namespaces needs. */
  public boolean labsWork() {
    return missing(Need.LABS).isEmpty();
  }

  /** Whether nothing is missing that testenvs need; they are tried for namespaces alone. */
  public boolean testenvsWork(Choice choice) {
    return choice.isolation().equals(Optional.of(Isolation.NAMESPACES))
        && missing(Need.TESTENVS).isEmpty();
  }

  /** What of that which is asked for would be used here. */
  public Choice choose(Isolation asked) {
    Optional<String> namespaces = missing(Need.LABS);
    Optional<String> cwrap = missing(Need.CWRAP);
    return switch (asked) {
      case NAMESPACES ->
          namespaces
              .map(Choice::none)
              .orElseGet(() -> inNamespaces("nothing is missing that all labs need"));
      case CWRAP -> cwrap.map(Choice::none).orElseGet(() -> underCwrap("its libraries are there"));
      case AUTO -> {
        if (namespaces.isEmpty()) {
          yield inNamespaces("nothing is missing that all labs need");
        }
        String refusal = namespaces.get();
        yield cwrap
            .map(lacking -> Choice.none(refusal + "; " + lacking))
            .orElseGet(() -> underCwrap(refusal));
      }
    };
  }

  private static Choice inNamespaces(String why) {
    return Choice.of(Isolation.NAMESPACES, "labs here run in namespaces: " + why);
  }

  private static Choice underCwrap(String why) {
    return Choice.of(Isolation.CWRAP, "labs here run under cwrap: " + why);
  }

  /** The first thing that is. */
  private Optional<String> missing(Need need) {
    return findings.stream()
        .filter(finding -> finding.need() == need && finding.verdict() == Verdict.NO)
        .findFirst()
        .map(finding -> "%s: %s".formatted(finding.name(), finding.detail()));
  }
}
