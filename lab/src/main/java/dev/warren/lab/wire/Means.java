package dev.warren.lab.wire;

import java.util.Locale;

/** What imposes the conditions of a link. */
public enum Means {
  /** Nothing: the cable is as the kernel makes it. */
  PLAIN,
  /** The kernel's netem. */
  NETEM,
  /** The kernel's token bucket, for a rate and nothing else. */
  TBF,
  /** Warren's own wire in user space. */
  WIRE;

  /** {@code netem}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
