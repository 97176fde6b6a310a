package dev.warren.lab.description;

/**
 * What a network has besides its addresses.
 *
 * @param conditions what happens to packets on the cables of hosts that do not say it themselves
 */
public record NetworkSettings(LinkConditions conditions) {

  /** A bridge as the kernel makes it. */
  public static final NetworkSettings DEFAULT = new NetworkSettings(LinkConditions.PERFECT);

  /** The same with conditions for the cables of all its hosts. */
  public NetworkSettings withConditions(LinkConditions value) {
    return new NetworkSettings(value);
  }
}
