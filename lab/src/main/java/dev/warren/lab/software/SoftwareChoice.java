package dev.warren.lab.software;

/** Where the programs of a lab's hosts come from. */
public enum SoftwareChoice {
  /** The machine, where it has every package that is asked for; packages otherwise. */
  AUTO,
  /** Debian packages, fetched and unpacked into the cache, over what the machine has. */
  PACKAGES,
  /** The machine as it is. */
  INSTALLED
}
