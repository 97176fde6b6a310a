package dev.warren.lab.doctor;

import dev.warren.lab.description.Isolation;
import java.util.Optional;

/**
 * What would isolate the hosts of a lab here.
 *
 * @param isolation namespaces or cwrap; empty when neither that was asked for works
 * @param words a sentence that says so, and why
 */
public record Choice(Optional<Isolation> isolation, String words) {
  static Choice of(Isolation isolation, String words) {
    return new Choice(Optional.of(isolation), words);
  }

  static Choice none(String why) {
    return new Choice(Optional.empty(), "no labs here: " + why);
  }

  /** Whether there can be labs. */
  public boolean works() {
    return isolation.isPresent();
  }
}
