package dev.warren.lab.description;

/** What a network has besides its addresses. */
public record NetworkSettings() {

  /** A bridge as the kernel makes it. */
  public static final NetworkSettings DEFAULT = new NetworkSettings();
}
