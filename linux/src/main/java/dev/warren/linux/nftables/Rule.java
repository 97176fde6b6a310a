package dev.warren.linux.nftables;

import java.util.List;
import java.util.stream.Collectors;

/** Conditions, and what is done with a packet that meets them all. */
public record Rule(List<Statement> statements) {
  /** Copies the list. */
  public Rule {
    statements = List.copyOf(statements);
  }

  /** A rule of these parts. */
  public static Rule of(Statement... statements) {
    return new Rule(List.of(statements));
  }

  /** As nft(8) prints it. */
  @Override
  public String toString() {
    return statements.stream().map(Statement::toString).collect(Collectors.joining(" "));
  }
}
