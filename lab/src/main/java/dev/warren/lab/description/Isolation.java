package dev.warren.lab.description;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What makes the hosts of a lab private. */
public enum Isolation {
  /** Namespaces where they work, else cwrap. */
  AUTO,
  /** The kernel's namespaces: each host a machine of its own. */
  NAMESPACES,
  /**
   * Preloaded libraries that fake sockets, names and users (cwrap.org): for places where namespaces
   * are refused.
   */
  CWRAP;

  /** In small letters. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one that a word names. */
  public static Optional<Isolation> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }

  @Override
  public String toString() {
    return word();
  }
}
