package dev.warren.linux.nftables;

import java.util.List;
import java.util.stream.Collectors;

/** Chains of rules that come and go together. */
public record Table(Family family, String name, List<Chain> chains) {
  /** Copies the list. */
  public Table {
    chains = List.copyOf(chains);
  }

  /** As nft(8) prints it. */
  @Override
  public String toString() {
    return chains.stream()
        .map(chain -> chain.toString().indent(2))
        .collect(Collectors.joining("", "table " + family + " " + name + " {\n", "}"));
  }
}
