package dev.warren.selftest.report.table;

import dev.warren.selftest.report.events.RunFacts;

/** By whom a run was made, as far as that matters to what runs in it. */
public enum Account {
  /** The machine's root, who has all ids. */
  ROOT("as root", "root"),
  /** Somebody else, with a range of ids. */
  USER("as an ordinary user", "user"),
  /** Somebody else, with no id but one. */
  ONE_ID("with one id", "oneId"),
  /** The run does not tell: an earlier Warren made it. */
  UNKNOWN("by an unknown user", "unknown");

  /** All but the last, which means "none" (user_namespaces(7)). */
  private static final long ALL_IDS = 0xffffffffL;

  private final String title;
  private final String word;

  Account(String title, String word) {
    this.title = title;
    this.word = word;
  }

  /** By whom a run of these facts was made. */
  static Account of(RunFacts facts) {
    return facts.ids().map(ids -> ids >= ALL_IDS ? ROOT : ids == 1 ? ONE_ID : USER).orElse(UNKNOWN);
  }

  /** What it is called, for people. */
  public String title() {
    return title;
  }

  /** What it is called, for programs. */
  String word() {
    return word;
  }
}
