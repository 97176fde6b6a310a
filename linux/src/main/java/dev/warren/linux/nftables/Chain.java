package dev.warren.linux.nftables;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Rules that are tried in order until one decides.
 *
 * @param hook where the kernel begins it
 */
public record Chain(String name, Hook hook, List<Rule> rules) {
  /** Copies the list. */
  public Chain {
    rules = List.copyOf(rules);
  }

  /** As nft(8) prints it. */
  @Override
  public String toString() {
    return rules.stream()
        .map(rule -> "  " + rule + "\n")
        .collect(Collectors.joining("", "chain " + name + " {\n  " + hook + "\n", "}"));
  }
}
