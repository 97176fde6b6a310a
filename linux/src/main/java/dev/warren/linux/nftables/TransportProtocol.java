package dev.warren.linux.nftables;

/** What IP carries. Numbers of IANA, from linux/in.h. */
public enum TransportProtocol {
  /** ICMP of IPv4. */
  ICMP(1, "icmp"),
  /** TCP. */
  TCP(6, "tcp"),
  /** UDP. */
  UDP(17, "udp"),
  /** ICMP of IPv6. */
  ICMPV6(58, "ipv6-icmp");

  private final int number;
  private final String text;

  TransportProtocol(int number, String text) {
    this.number = number;
    this.text = text;
  }

  int number() {
    return number;
  }

  /** As nft(8) writes it. */
  @Override
  public String toString() {
    return text;
  }
}
