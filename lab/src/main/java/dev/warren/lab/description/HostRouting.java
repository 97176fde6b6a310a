package dev.warren.lab.description;

/** Where a host sends packets, and which it lets through. */
public record HostRouting() {

  /** To the networks that it is on, and nothing for others. */
  public static final HostRouting NONE = new HostRouting();
}
