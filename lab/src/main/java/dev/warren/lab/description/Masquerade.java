package dev.warren.lab.description;

/**
 * What leaves by a network gets the router's own address there, IPv4 and IPv6 alike, and answers
 * find their way back.
 *
 * @param randomPorts whether the source port is always changed and by chance, so that nobody can
 *     guess it; otherwise it stays where it is free
 */
public record Masquerade(String network, boolean randomPorts) {
  /** Checks the name. */
  public Masquerade {
    Checks.networkName(network);
  }

  /** Ports stay where they are free. */
  public Masquerade(String network) {
    this(network, false);
  }
}
