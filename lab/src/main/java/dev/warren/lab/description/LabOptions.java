package dev.warren.lab.description;

/** What a lab has besides networks and hosts. */
public record LabOptions() {

  /** Nothing. */
  public static final LabOptions DEFAULT = new LabOptions();
}
