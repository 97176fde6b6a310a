package dev.warren.linux.nftables;

/** Which packets a table sees. Numbers from linux/netfilter.h. */
public enum Family {
  /** IPv4 and IPv6. */
  INET(1, "inet"),
  /** IPv4. */
  IPV4(2, "ip"),
  /** What comes in at an interface, or leaves by it, whatever it is. */
  NETDEV(5, "netdev"),
  /** What a bridge passes on. */
  BRIDGE(7, "bridge"),
  /** IPv6. */
  IPV6(10, "ip6");

  private final int number;
  private final String text;

  Family(int number, String text) {
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
