package dev.warren.lab.description;

/**
 * Where a host sends packets for a network that it is not on.
 *
 * @param to where they are for
 * @param via whom they are given to, on a network that both are on
 */
public record RouteDescription(Target to, HostOrAddress via) {
  /** Checks that both are of one kind of IP where both say. */
  public RouteDescription {
    if (to instanceof Target.Range(IpRange range)
        && via instanceof HostOrAddress.Address(var address)) {
      Checks.check(
          range.base().getClass() == address.getClass(), "%s cannot be reached via %s", to, via);
    }
  }

  /** Where packets are for. */
  public sealed interface Target {
    /** Everywhere that no other route leads to. */
    record Everywhere() implements Target {
      @Override
      public String toString() {
        return "default";
      }
    }

    /** A range of addresses. */
    record Range(IpRange range) implements Target {
      @Override
      public String toString() {
        return range.toString();
      }
    }

    /** A network of the lab, with all its addresses. */
    record Network(String name) implements Target {
      @Override
      public String toString() {
        return name;
      }
    }
  }

  /**
   * Reads a route.
   *
   * @param to {@code default}, {@code 10.9.0.0/16}, an address, or a network's name
   * @param via a host's name or an address
   * @throws IllegalArgumentException with a message for the user
   */
  public static RouteDescription parse(String to, String via) {
    return new RouteDescription(target(to), HostOrAddress.parse(via));
  }

  private static Target target(String text) {
    if (text.equals("default")) {
      return new Target.Everywhere();
    }
    boolean range = text.indexOf('/') >= 0 || text.indexOf(':') >= 0 || text.matches("[0-9.]+");
    return range
        ? new Target.Range(IpRange.parse(text))
        : new Target.Network(Checks.networkName(text));
  }

  /** {@code 10.9.0.0/16 via router}. */
  @Override
  public String toString() {
    return to + " via " + via;
  }
}
