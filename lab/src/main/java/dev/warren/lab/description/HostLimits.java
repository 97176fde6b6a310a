package dev.warren.lab.description;

/** How much of the machine a host may use. */
public record HostLimits() {

  /** As much as there is. */
  public static final HostLimits NONE = new HostLimits();
}
