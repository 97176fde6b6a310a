package dev.warren.linux.nftables;

/** A part of a rule: a {@link Match}, or something that is done. Its text is that of nft(8). */
public sealed interface Statement permits Match, Nat, Verdict, Statement.Count {
  /** Counts the packets and bytes that come so far. */
  record Count() implements Statement {
    @Override
    public String toString() {
      return "counter";
    }
  }
}
