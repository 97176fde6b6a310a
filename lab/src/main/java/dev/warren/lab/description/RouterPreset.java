package dev.warren.lab.description;

import dev.warren.lab.description.Firewall.Policy;
import dev.warren.lab.description.Firewall.Protocol;
import dev.warren.lab.description.Firewall.Rule;
import dev.warren.lab.description.Firewall.Way;
import java.util.List;
import java.util.Locale;

/**
 * Kinds of routers as they are met. Each expands to one plain {@link HostRouting}, which can be
 * looked at and changed like any other.
 */
public enum RouterPreset {
  /**
   * What stands in a flat: everybody inside shares its address outside, and reaches everything;
   * from outside only pings of the router itself get in, and what a port is forwarded for.
   */
  HOME_ROUTER {
    @Override
    public HostRouting expand(List<String> inside, String outside) {
      Firewall firewall = CLOSED.rule(Rule.allow(Way.INPUT).carrying(Protocol.ICMP));
      for (String from : inside) {
        firewall = firewall.rule(Rule.allow(Way.INPUT).from(from));
        firewall = firewall.rule(Rule.allow(Way.FORWARD).from(from).to(outside));
        for (String other : inside) {
          if (!other.equals(from)) {
            firewall = firewall.rule(Rule.allow(Way.FORWARD).from(from).to(other));
          }
        }
      }
      return HostRouting.NONE.forwarding(true).masquerade(outside).firewall(firewall);
    }
  },

  /**
   * What a provider has for many customers: they share its address outside, with ports by chance;
   * customers on several inside networks do not reach each other, and the router itself answers
   * pings only.
   */
  CARRIER_NAT {
    @Override
    public HostRouting expand(List<String> inside, String outside) {
      Firewall firewall = CLOSED.rule(Rule.allow(Way.INPUT).carrying(Protocol.ICMP));
      for (String from : inside) {
        firewall = firewall.rule(Rule.allow(Way.FORWARD).from(from).to(outside));
      }
      return HostRouting.NONE
          .forwarding(true)
          .masquerade(new Masquerade(outside, true))
          .firewall(firewall);
    }
  },

  /**
   * What a strict company has: from inside the web (TCP 80 and 443) and names (UDP and TCP 53) are
   * reached and nothing else, behind one address; the router answers pings from inside.
   */
  CORPORATE_FIREWALL {
    @Override
    public HostRouting expand(List<String> inside, String outside) {
      Firewall firewall = CLOSED;
      for (String from : inside) {
        Rule out = Rule.allow(Way.FORWARD).from(from).to(outside);
        firewall =
            firewall
                .rule(Rule.allow(Way.INPUT).from(from).carrying(Protocol.ICMP))
                .rule(out.carrying(Protocol.TCP, "53", "80", "443"))
                .rule(out.carrying(Protocol.UDP, "53"));
      }
      return HostRouting.NONE.forwarding(true).masquerade(outside).firewall(firewall);
    }
  };

  private static final Firewall CLOSED = new Firewall(Policy.DROP, Policy.DROP, List.of());

  /**
   * The plain configuration.
   *
   * @param inside the networks of those who are served
   * @param outside the network that leads on
   */
  public abstract HostRouting expand(List<String> inside, String outside);

  /** As lab files write it: {@code home-router}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
