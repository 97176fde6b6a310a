package dev.warren.linux.nftables;

/** What becomes of a packet. Numbers from linux/netfilter.h. */
public enum Verdict implements Statement {
  /** It is lost, and nobody is told. */
  DROP(0),
  /** It goes on. */
  ACCEPT(1);

  private final int number;

  Verdict(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** As nft(8) writes it. */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
