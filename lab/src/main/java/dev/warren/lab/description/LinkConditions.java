package dev.warren.lab.description;

import java.util.List;

/**
 * What happens to packets between a host and a network, in each direction.
 *
 * @param toHost what the host receives
 * @param fromHost what the host sends
 */
public record LinkConditions(Conditions toHost, Conditions fromHost) {

  /** As good as the kernel's own. */
  public static final LinkConditions PERFECT = both(Conditions.NONE);

  /** The same in both directions. */
  public static LinkConditions both(Conditions conditions) {
    return new LinkConditions(conditions, conditions);
  }

  /** The same with other conditions to the host. */
  public LinkConditions withToHost(Conditions conditions) {
    return new LinkConditions(conditions, fromHost);
  }

  /** The same with other conditions from the host. */
  public LinkConditions withFromHost(Conditions conditions) {
    return new LinkConditions(toHost, conditions);
  }

  /** Whether nothing happens to packets. */
  public boolean isPerfect() {
    return toHost.isNone() && fromHost.isNone();
  }

  /** In words, once when both directions are the same. */
  public String describe() {
    return toHost.equals(fromHost)
        ? toHost.describe()
        : "to the host " + toHost.describe() + "; from the host " + fromHost.describe();
  }

  /** In a few words each, for where there is little room; none when nothing happens. */
  public List<String> words() {
    return toHost.equals(fromHost)
        ? toHost.words()
        : List.of("to: " + toHost.describe(), "from: " + fromHost.describe());
  }
}
