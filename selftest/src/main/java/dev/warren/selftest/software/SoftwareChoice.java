package dev.warren.selftest.software;

import java.util.Locale;
import java.util.Optional;

/** Where the programs of a lab's hosts come from. */
public enum SoftwareChoice {
  /** The machine, where it has every package that is asked for; packages otherwise. */
  AUTO,
  /** Debian packages, fetched and unpacked into the cache, over what the machine has. */
  PACKAGES,
  /** The machine as it is. */
  INSTALLED;

  /** The choice that a word of the command line means; empty for any other word. */
  public static Optional<SoftwareChoice> of(String word) {
    for (SoftwareChoice choice : values()) {
      if (choice.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(choice);
      }
    }
    return Optional.empty();
  }
}
