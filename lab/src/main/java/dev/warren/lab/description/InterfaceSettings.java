package dev.warren.lab.description;

/** What an interface has besides its network and number. */
public record InterfaceSettings() {

  /** What the kernel and the network give. */
  public static final InterfaceSettings DEFAULT = new InterfaceSettings();
}
