package dev.warren.lab.description;

/** What happens to packets between a host and a network, in each direction. */
public record LinkConditions() {

  /** As good as the kernel's own. */
  public static final LinkConditions PERFECT = new LinkConditions();
}
