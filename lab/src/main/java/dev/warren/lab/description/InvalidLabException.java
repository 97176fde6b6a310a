package dev.warren.lab.description;

import java.util.List;
import java.util.stream.Collectors;

/** The parts of a lab do not fit together. The message holds every fault on a line of its own. */
public final class InvalidLabException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  /** An exception with these faults, of which there is at least one. */
  InvalidLabException(String lab, List<Fault> faults) {
    super(
        faults.stream()
            .map(Fault::message)
            .collect(Collectors.joining("\n", "the lab " + lab + " cannot be:\n", "")));
    this.faults = List.copyOf(faults);
  }

  /** Everything that was found. */
  public List<Fault> faults() {
    return faults;
  }
}
